"""Settings for the tests: a throw-away folder, plain static files, quick passwords."""

from __future__ import annotations

import base64
import os
import tempfile
from pathlib import Path

os.environ.setdefault("VANGNET_VAR", tempfile.mkdtemp(prefix="vangnet-test-"))

from vangnet.site.settings import *  # noqa: F403

SECRET_KEY = "only-for-tests"
VANGNET_MASTER_KEY_FILE = Path(os.environ["VANGNET_VAR"]) / "keys" / "master.key"
VANGNET_MASTER_KEY_FILE.parent.mkdir(parents=True, exist_ok=True)
if not VANGNET_MASTER_KEY_FILE.exists():
    VANGNET_MASTER_KEY_FILE.touch(mode=0o600)
    VANGNET_MASTER_KEY_FILE.write_bytes(base64.b64encode(os.urandom(32)))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
VANGNET_SECOND_PROOF = False
STATIC_ROOT = Path(os.environ["VANGNET_VAR"]) / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
