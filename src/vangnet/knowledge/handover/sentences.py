"""What the gate says, in Dutch and English.

"Not in order" is about a check, never about the adult: an honest parent reads the same page.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vangnet.knowledge.terms import Words

TITLES: Mapping[str, Words] = MappingProxyType(
    {
        "G-01": Words("Wie is het kind", "Who is the child"),
        "G-02": Words("Het kind alleen horen", "Hear the child alone"),
        "G-03": Words("Wie het kind vertrouwt", "Whom the child trusts"),
        "G-04": Words("Wie de volwassene is", "Who the adult is"),
        "G-05": Words("Gezag", "Parental authority"),
        "G-06": Words("Navraag in het buitenland", "Question to an authority abroad"),
        "G-07": Words("Maatregel of signalering", "Measure or alert"),
        "G-08": Words("Eerder een kind opgehaald", "Collected a child before"),
        "G-09": Words("Antwoord van het expertisecentrum", "Answer of the expertise centre"),
        "G-10": Words("Belangenconflict", "Conflict of interest"),
        "G-11": Words("DNA-verwantschap", "Kinship DNA"),
        "G-12": Words("Beiden apart bevragen", "Ask both apart"),
        "G-13": Words("Contact tijdens de controle", "Contact during the check"),
        "G-14": Words("Foto van de volwassene", "Photograph of the adult"),
        "G-15": Words("Waar het kind heen gaat", "Where the child goes"),
        "G-16": Words("Besluit van twee mensen", "Decision of two people"),
        "G-17": Words("De tijd in echte uren", "The time in real hours"),
        "G-18": Words("Na de overdracht", "After the hand-over"),
    }
)

NOBODY_ASKS = Words("Niemand vroeg om het kind mee te nemen.", "Nobody has asked to take the child along.")

CHILD_KNOWN = Words(
    "Vastgelegd is wat bekend is over wie het kind is, en waarop dat rust.",
    "What is known about who the child is has been recorded, and on what it rests.",
)
CHILD_AGE_OPEN = Words(
    "Vastgelegd is wat bekend is over wie het kind is. De leeftijd staat niet vast: ga uit van een kind.",
    "What is known about who the child is has been recorded. The age is not certain: presume a child.",
)
CHILD_UNKNOWN = Words(
    "Niet bekend hoe oud het kind is, of waarop dat rust. Ga uit van een kind en vraag het.",
    "It is not known how old the child is, or on what that rests. Presume a child and ask.",
)

HEARD = Words("Het kind is alleen gehoord en wil mee.", "The child was heard alone and wants to go along.")
CHILD_REFUSES = Words(
    "Het kind wil niet mee. Leg dit voor aan de Raad voor de Kinderbescherming.",
    "The child does not want to go along. Put this to the Child Care and Protection Board.",
)
NOT_ALONE = Words(
    "Het kind is nog niet alleen gehoord. Hoor het kind zonder de volwassene erbij.",
    "The child has not been heard alone. Hear the child without the adult there.",
)
INTERPRETER_NOT_SWORN = Words(
    "De tolk was geen beëdigde, neutrale tolk. Hoor het kind opnieuw met zo'n tolk.",
    "The interpreter was not a sworn, neutral one. Hear the child again with such an interpreter.",
)
ALONE_UNKNOWN = Words(
    "Niet bekend of het kind alleen is gehoord.", "It is not known whether the child was heard alone."
)
INTERPRETER_UNKNOWN = Words(
    "Niet bekend of een tolk nodig was, en wie dat was.",
    "It is not known whether an interpreter was needed, and who it was.",
)
WISH_UNKNOWN = Words(
    "Niet bekend of het kind mee wil. Vraag het als er niemand bij is.",
    "It is not known whether the child wants to go along. Ask when nobody else is there.",
)

TRUSTED_RECORDED = Words(
    "Vastgelegd is wie het kind vertrouwt, of dat de Raad bericht kreeg.",
    "It is recorded whom the child trusts, or that the Board was told.",
)
TRUSTED_NOT_FOLLOWED = Words(
    "De keuze van het kind is nog niet gevolgd. Noemt het kind niemand? Bericht dan de Raad.",
    "The child's choice has not been followed. Does the child name nobody? Then tell the Board.",
)
TRUSTED_UNKNOWN = Words(
    "Niet bekend wie het kind vertrouwt. Noemt het kind niemand? Bericht dan de Raad.",
    "It is not known whom the child trusts. Does the child name nobody? Then tell the Board.",
)

IDENTITY_SEEN = Words("Het identiteitsbewijs is bekeken.", "The identity document was inspected.")
IDENTITY_NOT_SEEN = Words(
    "Dit is nog niet in orde: er is geen identiteitsbewijs bekeken. De volwassene kan het laten brengen.",
    "This is not in order yet: no identity document was inspected. The adult can have it brought.",
)
IDENTITY_UNKNOWN = Words(
    "Niet bekend of een identiteitsbewijs is bekeken.",
    "It is not known whether an identity document was inspected.",
)

AUTHORITY_SHOWN = Words("Het gezag is aangetoond.", "Parental authority has been shown.")
AUTHORITY_NOT_SHOWN = Words(
    "Het gezag is nog niet aangetoond. Familie zijn is niet genoeg. Kijk in het gezagsregister of vraag om een beschikking.",
    "Authority has not been shown yet. Being family is not enough. Look in the authority register or ask for a court decision.",
)
PRIVATE_DEED = Words(
    "Er is alleen een akte tussen personen. Die geeft geen gezag. Leg dit voor aan de Raad.",
    "There is only a deed between persons. It gives no authority. Put this to the Board.",
)
FOREIGN_PAPER_DISPUTED = Words(
    "Over het buitenlandse bewijs is twijfel gemeld. Laat het nakijken en vraag een ander bewijs.",
    "A doubt was reported about the foreign paper. Have it examined and ask for other proof.",
)
AUTHORITY_UNKNOWN = Words(
    "Niet bekend of de volwassene gezag heeft, of waaruit dat blijkt.",
    "It is not known whether the adult has authority, or what shows it.",
)
OTHERS_ASK = Words(
    "Ook iemand anders vraagt om het kind. Bekijk ieder apart.",
    "Someone else asks for the child as well. Look at each apart.",
)

ABROAD_CONFIRMED = Words(
    "De instantie in het buitenland antwoordde: in orde.", "The authority abroad answered: in order."
)
ABROAD_OBJECTS = Words(
    "Navraag in het buitenland gaf een bezwaar. Bespreek het met de Raad.",
    "The question abroad met an objection. Discuss it with the Board.",
)
ABROAD_UNKNOWN = Words(
    "Niet gevraagd in het buitenland. Kan vragen onveilig zijn? Vraag dan eerst de Raad.",
    "Not asked abroad. Can asking be unsafe? Then ask the Board first.",
)

NO_MEASURE = Words(
    "Er is gezocht. Er is geen maatregel of signalering gevonden.",
    "It was looked up. No measure or alert was found.",
)
MEASURE_FOUND = Words(
    "Er is een maatregel of signalering. De instelling daarvan is de ontvanger. Bel die.",
    "There is a measure or an alert. The body behind it is the receiver. Call them.",
)
MEASURE_UNKNOWN = Words(
    "Niet bekend of er een maatregel of signalering is. Een register dat niet antwoordt, telt als niet bekend.",
    "It is not known whether there is a measure or an alert. A register that does not answer counts as not known.",
)

NOT_BEFORE = Words(
    "Er is gekeken naar eerdere overdrachten. Niets om te bespreken.",
    "Earlier hand-overs were looked at. Nothing to discuss.",
)
COLLECTED_BEFORE = Words(
    "Er was een eerdere overdracht. Een specialist kijkt mee. Dit is geen weigering.",
    "There was an earlier hand-over. A specialist looks at it too. This is no refusal.",
)
BEFORE_UNKNOWN = Words(
    "Niet bekend of er eerdere overdrachten waren.", "It is not known whether there were earlier hand-overs."
)

INQUIRY_NO = Words("Het expertisecentrum antwoordde: nee.", "The expertise centre answered: no.")
INQUIRY_YES = Words(
    "Het expertisecentrum antwoordde: ja. Leg dit voor aan de Raad en de officier mensenhandel.",
    "The expertise centre answered: yes. Put this to the Board and the trafficking prosecutor.",
)
INQUIRY_UNKNOWN = Words(
    "Het expertisecentrum heeft nog niets gezegd, of kan niets zeggen.",
    "The expertise centre has not said anything yet, or cannot say.",
)

NO_CONFLICT = Words(
    "Er is gekeken. Er is geen belangenconflict gevonden.", "It was looked at. No conflict of interest was found."
)
CONFLICT = Words(
    "Er zijn aanwijzingen voor een belangenconflict. Ook met gezag beslist de Raad of de kinderrechter.",
    "There are indications of a conflict of interest. Even with authority the Board or the judge decides.",
)
CONFLICT_UNKNOWN = Words(
    "Niet bekend of er een belangenconflict is. Er is nog niet naar gekeken.",
    "It is not known whether there is a conflict of interest. It has not been looked at yet.",
)

KINSHIP_TEST = Words(
    "Geen vraag voor deze balie. Alleen de officier kan dit vragen, met een machtiging van de rechter.",
    "Not a question for this desk. Only the prosecutor can ask for it, with a judge's authorisation.",
)
PHOTOGRAPH = Words(
    "Alleen als de wet het toestaat. Nooit een voorwaarde.", "Only where the law allows it. Never a condition."
)

ANSWERS_MATCH = Words("Beide antwoorden kloppen met elkaar.", "Both answers agree.")
ANSWERS_DIFFER = Words(
    "De antwoorden verschillen. Dat kan een goede reden hebben. Bespreek het en leg het vast.",
    "The answers differ. There can be a good reason. Discuss it and record it.",
)
ANSWERS_UNKNOWN = Words("Nog niet aan beiden apart gevraagd.", "Not asked of both apart yet.")

NO_CONTACT = Words(
    "Kind en volwassene hadden geen contact tijdens de controle.",
    "Child and adult had no contact during the check.",
)
CONTACT = Words(
    "Er was contact tijdens de controle. Hoor het kind daarna opnieuw, alleen.",
    "There was contact during the check. Hear the child again afterwards, alone.",
)
CONTACT_UNKNOWN = Words(
    "Niet bekend of kind en volwassene contact hadden tijdens de controle.",
    "It is not known whether child and adult had contact during the check.",
)

PLACE_CHECKED = Words(
    "Bekend is waar het kind heen gaat, en wie er is.", "It is known where the child goes, and who is there."
)
PLACE_NOT_IN_ORDER = Words(
    "Waar het kind heen gaat, is nog niet in orde. Spreek af wie kijkt en wanneer.",
    "Where the child goes is not in order yet. Agree who looks in and when.",
)
PLACE_UNKNOWN = Words("Niet bekend waar het kind heen gaat.", "It is not known where the child goes.")

TWO_PEOPLE = Words(
    "Twee mensen besluiten, met een reden in eigen woorden. Dat volgt hierna.",
    "Two people decide, with a reason in their own words. That comes next.",
)
CLOCK_RUNS = Words(
    "De tijd loopt, in echte uren. Niets gaat vanzelf als die om is.",
    "The time runs, in real hours. Nothing happens by itself when it ends.",
)
CLOCK_ENDED = Words(
    "De tijd is om. Niemand hier mag het kind vasthouden. Laat het kind nooit alleen weggaan en bel de Raad.",
    "The time has ended. Nobody here may hold the child. Never let the child leave alone, and call the Board.",
)
CLOCK_UNKNOWN = Words("Niet bekend of er een tijd loopt.", "It is not known whether a time is running.")
AFTERWARDS = Words(
    "De ontvanger tekent en iemand belt na. Dat volgt na de overdracht.",
    "The receiver signs and someone calls afterwards. That follows the hand-over.",
)
