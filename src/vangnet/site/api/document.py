"""The OpenAPI document: what the code declares, with the published encounter and the rules of the house put in."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from vangnet.knowledge.terms import encounter_schema
from vangnet.site.api.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from ninja import NinjaAPI

Json = dict[str, Any]
ENCOUNTER_BODY: Json = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Encounter"}}},
    }
}
SECURITY: Json = {
    "session": {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "Given at /login."},
    "csrfToken": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRFToken",
        "description": "The value of the cookie csrftoken.",
    },
}
VERSION_HEADER: Json = {"description": "The full version of this API.", "schema": {"type": "string"}}


def document_of(api: NinjaAPI) -> Json:
    """Give the document of an API as plain JSON."""
    document: Json = json.loads(json.dumps(api.get_openapi_schema(path_prefix="")))
    components = document["components"]
    components["schemas"] = dict(sorted((components["schemas"] | encounter_components()).items()))
    components["securitySchemes"] = SECURITY
    components["headers"] = {"ApiVersion": VERSION_HEADER}
    for path in document["paths"].values():
        for method, operation in path.items():
            _mend(method, operation)
    return document


def _mend(method: str, operation: Json) -> None:
    if operation.pop("security", None):
        operation["security"] = [{"session": [], **({} if method == "get" else {"csrfToken": []})}]
    for parameter in operation["parameters"]:
        parameter["schema"] = parameter["schema"].get("anyOf", [parameter["schema"]])[0]
    for status, answer in operation["responses"].items():
        answer["headers"] = {"API-Version": {"$ref": "#/components/headers/ApiVersion"}}
        if int(status) >= 400:
            answer["content"] = {MEDIA_TYPE: answer["content"]["application/json"]}


@cache
def encounter_components() -> Json:
    """Give the published schema of an encounter as named parts of a document; only the names of its parts differ."""
    whole = dict(encounter_schema())
    parts = {_name_of(name): part for name, part in whole.pop("$defs").items()}
    del whole["$schema"], whole["$id"]
    renamed: Json = json.loads(json.dumps({"Encounter": whole, **parts}), object_hook=_renamed)
    return renamed


def _name_of(part: str) -> str:
    return "Encounter" + part.title().replace("_", "")


def _renamed(part: Json) -> Json:
    return {name: _moved(value) if name == "$ref" else value for name, value in part.items()}


def _moved(reference: str) -> str:
    return f"#/components/schemas/{_name_of(reference.removeprefix('#/$defs/'))}"
