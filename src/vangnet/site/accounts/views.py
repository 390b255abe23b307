"""One's own account: who I am here, another password, a second proof. Every change stands in the ledger."""

from __future__ import annotations

from typing import cast

from django.contrib.auth import password_validation, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from vangnet.knowledge.terms import Purpose
from vangnet.site.accounts import second_proof as proof
from vangnet.site.accounts.guessing import is_own_password
from vangnet.site.pages.doors import show, signed_in
from vangnet.site.pages.filled import Filled, Mistake
from vangnet.site.pages.speaking import capital, say
from vangnet.trust.access import services as access
from vangnet.trust.access.models import Person
from vangnet.trust.access.policy import ROLES, Actor, Role
from vangnet.trust.access.selectors import roles_of
from vangnet.trust.ledger import services as ledger


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)


def _write_down(actor: Actor, act: str) -> None:
    ledger.record(actor=actor, act=act, purpose=Purpose.ACCOUNT, subjects=[actor.person_id], at=timezone.now())


@require_safe
@signed_in
def account(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show who I am here, in which roles, and how I prove it."""
    person = _person(request)
    context = {
        "person": person,
        "places": [
            (name, ", ".join(capital(say(ROLES[Role(role)])) for role in roles)) for name, roles in roles_of(person)
        ],
        "has_proof": proof.has_second_proof(person),
        "codes_left": proof.codes_left(person),
    }
    return show(request, actor, "accounts/account.html", context, section="account")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def password(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose another password; the one of now is asked first, and this device stays logged in."""
    person = _person(request)
    filled, is_first = Filled(), person.must_change_password
    if request.method == "POST":
        filled = Filled(mistakes=_password_mistakes(request, person))
        if not filled.mistakes:
            with transaction.atomic():
                access.set_password(person=person, password=request.POST["new"])
                _write_down(actor, "change_password")
            update_session_auth_hash(request, person)
            return redirect("/" if is_first else "accounts:account")
    context = {"filled": filled, "first": is_first}
    status = 422 if filled.mistakes else 200
    return show(request, actor, "accounts/password.html", context, section="account", status=status)


def _password_mistakes(request: HttpRequest, person: Person) -> tuple[Mistake, ...]:
    new = request.POST.get("new", "")
    mistakes = _now_mistakes(request, person)
    if not mistakes and person.check_password(new):
        return (*mistakes, Mistake(field="new", sentence=gettext("Choose another one than the one you have now.")))
    try:
        password_validation.validate_password(new, person)
    except ValidationError:
        sentence = gettext("Choose at least twelve signs, and not a word that many people choose.")
        mistakes = (*mistakes, Mistake(field="new", sentence=sentence))
    return mistakes


def _now_mistakes(request: HttpRequest, person: Person) -> tuple[Mistake, ...]:
    is_right = is_own_password(request, person, request.POST.get("now", ""))
    if is_right:
        return ()
    if is_right is None:
        return (Mistake(field="now", sentence=gettext("Too many wrong passwords. Wait fifteen minutes.")),)
    return (Mistake(field="now", sentence=gettext("This is not your password. Type it again.")),)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def second_proof(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Set up a second proof, or put another phone in the place of the one of now."""
    person = _person(request)
    secret = proof.secret_of(person, request.session.session_key or "")
    mistakes = _proof_mistakes(request, person, secret) if request.method == "POST" else ()
    if request.method == "POST" and not mistakes:
        with transaction.atomic():
            proof.begin(person, secret, code=request.POST["code"])
            _write_down(actor, "set_up_second_proof")
        request.session.cycle_key()
        request.session["has_second_proof"] = True
        return redirect("accounts:recovery-codes")
    box, path = proof.drawing(person, secret)
    context = {
        "filled": Filled(mistakes=mistakes),
        "box": box,
        "path": path,
        "secret": proof.in_fours(secret),
        "has_proof": proof.has_second_proof(person),
    }
    status = 422 if mistakes else 200
    return show(request, actor, "accounts/second-proof.html", context, section="account", status=status)


def _proof_mistakes(request: HttpRequest, person: Person, secret: str) -> tuple[Mistake, ...]:
    if proof.is_right(secret, request.POST.get("code", "")):
        return _now_mistakes(request, person)
    sentence = gettext("The code is not right or too old. Type the newest one.")
    return (Mistake(field="code", sentence=sentence), *_now_mistakes(request, person))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def recovery_codes(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the ten codes for on paper once; make new ones for who gives their password."""
    person = _person(request)
    if not proof.has_second_proof(person):
        return redirect("accounts:second-proof")
    filled = Filled()
    if request.method == "POST":
        filled = Filled(mistakes=_now_mistakes(request, person))
        if not filled.mistakes:
            with transaction.atomic():
                proof.new_codes(person)
                _write_down(actor, "make_recovery_codes")
            return redirect("accounts:recovery-codes")
    context = {"filled": filled, "codes": () if filled.mistakes else proof.codes_once(person)}
    status = 422 if filled.mistakes else 200
    return show(request, actor, "accounts/recovery-codes.html", context, section="account", status=status)
