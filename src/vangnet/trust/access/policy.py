"""Who may do what, for which purpose, standing how to the child: one table, and the reason behind each no.

A row is role × act × purpose × relation. What no row names is refused. The caller says how the
actor stands to the child; this room knows no step of the chain. Nothing here reads a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from vangnet.knowledge.exchange import Regime
from vangnet.knowledge.terms import PURPOSES, Language, Purpose, Reason, Words


class Role(StrEnum):
    """What somebody is at an organisation; immigration exists only to be refused."""

    OFFICER = "officer"
    ASSISTANT_PROSECUTOR = "assistant_prosecutor"
    SPECIALIST = "specialist"
    RVDK = "rvdk"
    GI = "gi"
    SHELTER = "shelter"
    PROSECUTOR = "prosecutor"
    COORDINATOR = "coordinator"
    RESEARCHER = "researcher"
    PRIVACY_OFFICER = "privacy_officer"
    AUDITOR = "auditor"
    CONTROLLER_ADMIN = "controller_admin"
    SERVICE = "service"
    IMMIGRATION = "immigration"


class Relation(StrEnum):
    """How the actor stands to the child of the record; the caller looks it up and says it."""

    OWN_ENCOUNTER = "own_encounter"
    OPEN_TASK = "open_task"
    DECISION_TO_MAKE = "decision_to_make"
    RECEIVER = "receiver"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person in the roles that they have at one organisation; what every service asks for."""

    person_id: UUID
    name: str
    organisation_id: UUID
    organisation_code: str
    organisation_name: str
    regime: str
    country: str
    roles: frozenset[str]
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """Whether it is allowed: the reason where it is not."""

    reason: Reason | None = None

    @property
    def allowed(self) -> bool:
        """Whether nothing stands in the way."""
        return self.reason is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One row of the table: these roles may do this act for these purposes in these relations."""

    act: str
    roles: frozenset[Role]
    purposes: frozenset[Purpose]
    relations: frozenset[Relation]


def is_only_officer(actor: Actor) -> bool:
    """Whether somebody sees their own encounters alone; a desk sees those of the whole organisation."""
    return actor.roles == {Role.OFFICER}


ROLES: Mapping[Role, Words] = MappingProxyType(
    {
        Role.OFFICER: Words("agent", "officer"),
        Role.ASSISTANT_PROSECUTOR: Words("hulpofficier van justitie", "assistant public prosecutor"),
        Role.SPECIALIST: Words("specialist mensenhandel", "trafficking specialist"),
        Role.RVDK: Words("Raad voor de Kinderbescherming", "Child Care and Protection Board"),
        Role.GI: Words("gecertificeerde instelling", "certified youth-protection body"),
        Role.SHELTER: Words("opvang", "shelter"),
        Role.PROSECUTOR: Words("officier van justitie", "public prosecutor"),
        Role.COORDINATOR: Words("zorgcoördinator", "care coordinator"),
        Role.RESEARCHER: Words("onderzoeker", "researcher"),
        Role.PRIVACY_OFFICER: Words("privacyfunctionaris", "privacy officer"),
        Role.AUDITOR: Words("auditor", "auditor"),
        Role.CONTROLLER_ADMIN: Words("beheerder van accounts", "account administrator"),
        Role.SERVICE: Words("dienstaccount", "service account"),
        Role.IMMIGRATION: Words("toelating en vertrek", "immigration and removal"),
    }
)

_ANYWHERE = frozenset({Role.RESEARCHER, Role.PRIVACY_OFFICER, Role.AUDITOR, Role.CONTROLLER_ADMIN})
_ABROAD = frozenset({Role.OFFICER, Role.SPECIALIST, Role.PROSECUTOR, Role.COORDINATOR})

ROLES_UNDER: Mapping[Regime, frozenset[Role]] = MappingProxyType(
    {
        Regime.POLICE: _ANYWHERE | _ABROAD | {Role.ASSISTANT_PROSECUTOR},
        Regime.YOUTH_CARE: _ANYWHERE | {Role.RVDK, Role.GI, Role.SHELTER, Role.COORDINATOR},
        Regime.PROSECUTION: _ANYWHERE | {Role.PROSECUTOR, Role.COORDINATOR},
        Regime.SHELTER: _ANYWHERE | {Role.SHELTER, Role.COORDINATOR},
        Regime.COORDINATION: _ANYWHERE | {Role.COORDINATOR},
        Regime.FOREIGN: _ANYWHERE | _ABROAD,
    }
)
"""Which roles an organisation can give, by the law under which its records stand; a centre of the police houses prosecutors."""

ACTS: Mapping[str, Words] = MappingProxyType(
    {
        "record_encounter": Words("een ontmoeting vastleggen", "record an encounter"),
        "correct_encounter": Words("een ontmoeting verbeteren", "correct an encounter"),
        "read_encounter": Words("een ontmoeting lezen", "read an encounter"),
        "cross_check": Words("zoeken naar eerdere ontmoetingen", "look for earlier encounters"),
        "judge": Words("oordelen of het hetzelfde kind is", "judge whether it is the same child"),
        "ask_gate": Words("de overdracht beginnen", "begin a hand-over"),
        "record_check": Words("een controle vastleggen", "record a check"),
        "propose_decision": Words("een besluit voorstellen", "propose a decision"),
        "confirm_decision": Words("een besluit bevestigen", "confirm a decision"),
        "record_handover": Words("een overdracht vastleggen", "record a hand-over"),
        "review_incident": Words("een voorval nakijken", "review an incident"),
        "send_referral": Words("een kind aanmelden", "refer a child"),
        "answer_referral": Words("een aanmelding beantwoorden", "answer a referral"),
        "read_duties": Words("zien wat er moet gebeuren", "see what is due"),
        "complete_duty": Words("een plicht afronden", "complete a duty"),
        "record_international_check": Words(
            "een internationale navraag vastleggen", "record an international check"
        ),
        "import_history": Words("oude gegevens inlezen", "import history"),
        "manage_access": Words("toegang geven en nemen", "give and take access"),
        "verify_ledger": Words("het logboek controleren", "verify the ledger"),
        "read_ledger": Words("het logboek lezen", "read the ledger"),
    }
)
"""Everything that can be asked for; an act that does not stand here is refused."""

_DESK = {Role.OFFICER, Role.ASSISTANT_PROSECUTOR, Role.SPECIALIST}
_YOUTH = {Role.RVDK, Role.GI, Role.SHELTER}
_DECIDERS = {Role.ASSISTANT_PROSECUTOR, Role.RVDK, Role.PROSECUTOR}
_WORKING = _DESK | _YOUTH | {Role.COORDINATOR}

_CARE = {Purpose.PROTECT_CHILD}
_GATE = {Purpose.DECIDE_HANDOVER}
_SAME = {Purpose.IDENTIFY_CHILD}
_ADULTS = {Purpose.FIND_EXPLOITERS}
_REGISTER = {Purpose.KEEP_REGISTER}
_COURT = {Purpose.NON_PUNISHMENT}
_ACCOUNT = {Purpose.ACCOUNT}

_NEW = {Relation.NONE, Relation.OWN_ENCOUNTER}
_AT_WORK = {Relation.OWN_ENCOUNTER, Relation.OPEN_TASK}
_NEAR = set(Relation) - {Relation.NONE}
_ASKED = {Relation.OPEN_TASK, Relation.RECEIVER}
_ASIDE = {Relation.NONE}


def _grant(act: str, roles: set[Role], purposes: set[Purpose], relations: set[Relation]) -> Grant:
    return Grant(act=act, roles=frozenset(roles), purposes=frozenset(purposes), relations=frozenset(relations))


GRANTS: tuple[Grant, ...] = (
    _grant("record_encounter", _WORKING, _CARE | _SAME | _REGISTER, _NEW),
    _grant("record_encounter", {Role.SERVICE}, _CARE | _REGISTER, _NEW),
    _grant("correct_encounter", _WORKING, _CARE | _SAME | _REGISTER, _AT_WORK),
    _grant("read_encounter", _DESK | _YOUTH, _CARE | _GATE | _SAME, _NEAR),
    _grant("read_encounter", {Role.SPECIALIST}, _ADULTS, _NEAR),
    _grant("read_encounter", _WORKING, _REGISTER, _AT_WORK),
    _grant("read_encounter", {Role.COORDINATOR}, _CARE, _ASKED | _AT_WORK),
    _grant("read_encounter", {Role.PROSECUTOR}, _CARE | _GATE | _COURT | _ADULTS, _NEAR),
    _grant("cross_check", _DESK | _YOUTH, _CARE | _GATE | _SAME, _NEAR),
    _grant("cross_check", {Role.SPECIALIST}, _SAME | _ADULTS, set(Relation)),
    _grant("cross_check", {Role.SERVICE}, _SAME | _REGISTER, set(Relation)),
    _grant("judge", {Role.SPECIALIST, *_YOUTH}, _SAME, _NEAR),
    _grant("ask_gate", _DESK | _YOUTH, _CARE | _GATE, _NEAR),
    _grant("record_check", _DESK | _YOUTH, _CARE | _GATE, _NEAR),
    _grant("propose_decision", _DECIDERS, _GATE, _NEAR),
    _grant("confirm_decision", _DECIDERS, _GATE, _NEAR),
    _grant("record_handover", _DESK | _YOUTH, _CARE | _GATE, _NEAR),
    _grant("review_incident", _DECIDERS, _GATE, _NEAR),
    _grant("send_referral", _WORKING, _CARE | _GATE, _NEAR),
    _grant("send_referral", {Role.PROSECUTOR}, _CARE | _COURT, _NEAR),
    _grant("answer_referral", {Role.SPECIALIST, Role.COORDINATOR, *_YOUTH}, _CARE, _ASKED),
    _grant("answer_referral", {Role.PROSECUTOR}, _CARE | _COURT, _ASKED),
    _grant("read_duties", _WORKING | {Role.PROSECUTOR}, _CARE | _GATE | _COURT, _NEAR),
    _grant("complete_duty", _WORKING | {Role.PROSECUTOR}, _CARE | _GATE | _COURT, _NEAR),
    _grant("record_international_check", _DESK, _CARE | _GATE | _SAME, _NEAR),
    _grant("import_history", {Role.SERVICE}, _REGISTER, _ASIDE),
    _grant("manage_access", {Role.CONTROLLER_ADMIN, Role.SERVICE}, _ACCOUNT, _ASIDE),
    _grant("verify_ledger", {Role.AUDITOR, Role.PRIVACY_OFFICER, Role.SERVICE}, _ACCOUNT, _ASIDE),
    _grant("read_ledger", {Role.AUDITOR, Role.PRIVACY_OFFICER}, _ACCOUNT, _ASIDE),
)

_NEVER_A_CHILD: Mapping[Role, Words] = MappingProxyType(
    {
        Role.AUDITOR: Words(
            "Een auditor leest het logboek, nooit de gegevens van een kind.",
            "An auditor reads the ledger, never the record of a child.",
        ),
        Role.PRIVACY_OFFICER: Words(
            "Een privacyfunctionaris ziet wie wat las, nooit wat er stond.",
            "A privacy officer sees who read what, never what it said.",
        ),
        Role.CONTROLLER_ADMIN: Words(
            "Een beheerder geeft rollen en ziet geen gegevens van kinderen.",
            "An administrator gives roles and sees no data of children.",
        ),
        Role.RESEARCHER: Words(
            "Een onderzoeker krijgt tabellen, nooit een kind.",
            "A researcher is given tables, never a child.",
        ),
    }
)


def permit(actor: Actor, act: str, purpose: Purpose, relation: Relation) -> Permit:
    """Say whether this actor may do this act for this purpose, standing so to the child.

    Whoever works for immigration removal gets nothing here, whatever other role they hold.
    """
    if Role.IMMIGRATION in actor.roles:
        return Permit(reason=_FIREWALL)
    if act not in ACTS:
        return Permit(reason=_UNDECLARED)
    rows = tuple(grant for grant in GRANTS if grant.act == act)
    mine = tuple(grant for grant in rows if grant.roles & actor.roles)
    if not mine:
        return Permit(reason=_not_in_role(actor, act, rows))
    fitting = tuple(grant for grant in mine if purpose in grant.purposes)
    if not fitting:
        return Permit(reason=_not_for_purpose(mine))
    if not any(relation in grant.relations for grant in fitting):
        return Permit(reason=_not_in_relation(fitting))
    return Permit()


_FIREWALL = Reason(
    code="firewall",
    kind="may_not",
    title=Words("Dit blijft bij de bescherming", "This stays with protection"),
    words=Words(
        "Wat Vangnet bewaart, dient alleen om kinderen te beschermen.",
        "What Vangnet keeps serves only to protect children.",
    ),
    rule=Words(
        "Het gaat nooit naar toelating of vertrek. Niemand in Vangnet kan hiervan afwijken.",
        "It never flows to immigration or removal. Nobody in Vangnet can decide otherwise.",
    ),
)
_UNDECLARED = Reason(
    code="act_not_declared",
    kind="may_not",
    words=Words(
        "Deze handeling staat niet in de tabel van wie wat mag. Wat er niet in staat, mag niet.",
        "This act does not stand in the table of who may do what. What is not in it is refused.",
    ),
    rule=Words(
        "Uw privacyfunctionaris kan vragen om haar op te nemen.",
        "Your privacy officer can ask for it to be added.",
    ),
)


def _listed(words: Iterable[Words]) -> Words:
    unique = dict.fromkeys(words)
    return Words(", ".join(one.nl for one in unique), ", ".join(one.en for one in unique))


def _not_in_role(actor: Actor, act: str, rows: tuple[Grant, ...]) -> Reason:
    who = _listed(ROLES[role] for role in Role if any(role in row.roles for row in rows))
    asked = Words(f"Gevraagd: {ACTS[act].nl}.", f"Asked: {ACTS[act].en}.")
    own = [_NEVER_A_CHILD[Role(role)] for role in sorted(actor.roles) if role in _NEVER_A_CHILD]
    first, *then = [*own[:1], asked]
    rule = Words(
        f"Wie het wel mag: {who.nl}. Regel: toegang volgt de taak (Wpg art. 6, AVG art. 32). "
        "Uw organisatie geeft de rollen.",
        f"Who may: {who.en}. Rule: access follows the task (Police Data Act art. 6, GDPR art. 32). "
        "Your organisation gives the roles.",
    )
    return Reason(
        code="role",
        kind="may_not",
        title=Words("Dit hoort niet bij uw rol", "This does not belong to your role"),
        words=first,
        rule=_joined(*then, rule),
    )


def _joined(*words: Words) -> Words:
    return Words(" ".join(one.nl for one in words), " ".join(one.en for one in words))


def _not_for_purpose(rows: tuple[Grant, ...]) -> Reason:
    fit = _listed(PURPOSES[one].words for one in Purpose if any(one in row.purposes for row in rows))
    return Reason(
        code="purpose",
        kind="may_not",
        title=Words("Dit hoort niet bij uw doel", "This does not fit your purpose"),
        words=Words(f"Het kan wel voor: {fit.nl}.", f"It can be done to: {fit.en}."),
        rule=Words(
            "Regel: gegevens alleen voor hun doel (Wpg art. 3, AVG art. 5). "
            "Kies het doel van uw taak, of vraag uw privacyfunctionaris.",
            "Rule: data only for their purpose (Police Data Act art. 3, GDPR art. 5). "
            "Choose the purpose of your task, or ask your privacy officer.",
        ),
    )


_RELATIONS: Mapping[Relation, Words] = MappingProxyType(
    {
        Relation.OWN_ENCOUNTER: Words("een eigen ontmoeting", "an encounter of your own"),
        Relation.OPEN_TASK: Words("een open taak", "an open task"),
        Relation.DECISION_TO_MAKE: Words("een besluit dat op u wacht", "a decision that waits for you"),
        Relation.RECEIVER: Words("een aanmelding aan u", "a referral to you"),
        Relation.NONE: Words("nog geen gegevens van dit kind", "no data of this child yet"),
    }
)


def _not_in_relation(rows: tuple[Grant, ...]) -> Reason:
    fit = _listed(_RELATIONS[one] for one in Relation if any(one in row.relations for row in rows))
    return Reason(
        code="relation",
        kind="may_not",
        title=Words("U heeft hier nu geen taak voor", "You have no task here now"),
        words=Words(f"Nodig is een van deze: {fit.nl}.", f"Needed is one of these: {fit.en}."),
        rule=Words(
            "Regel: alleen wie het nodig heeft voor zijn taak (Wpg art. 6, AVG art. 32). "
            "Wie met dit kind werkt, kan u een taak geven.",
            "Rule: only who needs it for their task (Police Data Act art. 6, GDPR art. 32). "
            "Whoever works with this child can give you a task.",
        ),
    )
