"""What people read about a table and its estimates, in Dutch and English; one sentence that says what to do."""

from __future__ import annotations

from collections.abc import Sequence

from vangnet.knowledge.terms import Words

SEMICOLONS = Words(
    "De kolommen zijn gescheiden door puntkomma's; bewaar de tabel met komma's.",
    "The columns are separated by semicolons; save the table with commas.",
)
NO_COUNT = Words(
    "De laatste kolom moet count heten; zet in de eerste regel de namen van de lijsten en dan count.",
    "The last column must be called count; put the names of the lists in the first row, and then count.",
)
SIGNS_IN_NAMES = Words(
    "De naam van een kolom bevat : of +; die tekens staan tussen lijsten in een model, geef de kolom een andere naam.",
    "The name of a column holds : or +; those signs stand between lists in a model, give the column another name.",
)
NO_ROWS = Words(
    "De tabel heeft geen rijen; zet onder de namen een rij per combinatie van lijsten.",
    "The table has no rows; put one row per combination of lists under the names.",
)
NOBODY = Words(
    "Er staat niemand op een lijst; alle aantallen zijn 0. Kijk de telling na.",
    "Nobody is on any list; all counts are 0. Check the counting.",
)
WIDTH = Words(
    "Deze rij heeft meer of minder kolommen dan de eerste; kijk de komma's na.",
    "This row has more or fewer columns than the first; check the commas.",
)
ON_NO_LIST = Words(
    "Deze rij staat op geen enkele lijst; juist dat aantal wordt geschat, haal de rij weg.",
    "This row is on no list at all; that very number is what is estimated, take the row away.",
)
BYTE_ORDER_MARK = Words(
    "Het bestand begon met een onzichtbaar teken (BOM); dat is weggelaten, er hoeft niets te gebeuren.",
    "The file began with an invisible sign (BOM); it was left out, nothing needs to be done.",
)
FEW_LISTS = Words(
    "Minder dan drie lijsten: er is alleen een grens te geven en geen model te toetsen. Zoek een derde lijst.",
    "Fewer than three lists: only a bound can be given and no model can be checked. Find a third list.",
)
NO_OVERLAP = Words(
    "Niemand staat op twee lijsten; zonder overlap is er niets te schatten. Kijk na of dezelfde mensen zijn gekoppeld.",
    "Nobody is on two lists; without overlap there is nothing to estimate. Check whether the same people were linked.",
)


def columns(name: str) -> Words:
    """Say that a name stands above two columns or above none."""
    if not name:
        return Words(
            "Een kolom heeft geen naam; geef elke kolom een naam.", "A column has no name; name every column."
        )
    return Words(
        f"De naam {name} staat boven twee kolommen; geef elke kolom een eigen naam.",
        f"The name {name} stands above two columns; give each column a name of its own.",
    )


def number_of_lists(found: int, most: int) -> Words:
    """Say that there are no lists or too many."""
    if not found:
        return Words(
            "Geen kolom bevat alleen 0 en 1; zet per lijst een kolom met 0 of 1.",
            "No column holds only 0 and 1; put one column of 0 or 1 per list.",
        )
    return Words(
        f"Er zijn {found} lijsten en er kunnen er {most}; voeg verwante lijsten samen.",
        f"There are {found} lists and there can be {most}; merge lists that belong together.",
    )


def mark(column: str, found: str) -> Words:
    """Say that a cell of a list is not 0 or 1."""
    return Words(
        f"In de kolom {column} staat “{found}”; schrijf 0 of 1.",
        f"The column {column} holds “{found}”; write 0 or 1.",
    )


def split_number(found: str) -> Words:
    """Say that a number holds a sign between its thousands."""
    plain = "".join(sign for sign in found if sign.isdigit())
    return Words(
        f"Het aantal “{found}” heeft een teken tussen de duizendtallen; schrijf {plain}.",
        f"The count “{found}” has a sign between its thousands; write {plain}.",
    )


def negative(found: str) -> Words:
    """Say that a count is below nothing."""
    return Words(
        f"Het aantal {found} is negatief; een aantal mensen is 0 of meer, kijk de telling na.",
        f"The count {found} is negative; a number of people is 0 or more, check the counting.",
    )


def fraction(found: str) -> Words:
    """Say that a count is not a whole number."""
    return Words(
        f"Het aantal {found} is geen heel getal; gebruik de telling zelf en geen gemiddelde of weging.",
        f"The count {found} is not a whole number; use the count itself, not an average or a weighting.",
    )


def suppressed(found: str) -> Words:
    """Say that a count was hidden, and that nothing can be estimated from such a table."""
    return Words(
        f"Het aantal “{found}” is afgeschermd; schatten kan alleen uit de echte aantallen, binnen de beveiligde stap.",
        f"The count “{found}” was suppressed; only exact counts can be used, inside the trusted step.",
    )


def count(found: str) -> Words:
    """Say that a count is no number."""
    return Words(
        f"Het aantal “{found}” is geen getal; schrijf een heel getal zonder teken.",
        f"The count “{found}” is no number; write a whole number without signs.",
    )


def duplicate(first: int) -> Words:
    """Say in which row the same combination stood before."""
    return Words(
        f"Dezelfde combinatie staat ook in rij {first}; tel ze op als het andere mensen zijn, anders haal er één weg.",
        f"The same combination stands in row {first} too; add them up if they are other people, else take one away.",
    )


def rounded(base: int) -> Words:
    """Say that every count is a multiple of five or ten."""
    return Words(
        f"Alle aantallen zijn een veelvoud van {base}, dus afgerond; schatten kan alleen uit de echte aantallen.",
        f"All counts are multiples of {base}, so they were rounded; only exact counts can be used.",
    )


def no_such_list(name: str, lists: Sequence[str]) -> Words:
    """Say which lists there are."""
    return Words(
        f"Er is geen lijst {name}; de lijsten zijn {', '.join(lists)}.",
        f"There is no list {name}; the lists are {', '.join(lists)}.",
    )


def empty_list(name: str) -> Words:
    """Say that nobody is on a list."""
    return Words(
        f"Op de lijst {name} staat niemand; laat die kolom weg (--omit {name}).",
        f"Nobody is on the list {name}; leave that column out (--omit {name}).",
    )


def contained(inner: str, outer: str) -> Words:
    """Say that everybody of one list is on another."""
    return Words(
        f"Iedereen op {inner} staat ook op {outer}; die lijst zegt niets nieuws, vraag na of de ene uit de andere komt.",
        f"Everybody on {inner} is on {outer} too; that list adds nothing, ask whether one was made from the other.",
    )


def shares_nobody(one: str, other: str) -> Words:
    """Say that two lists share nobody."""
    return Words(
        f"{one} en {other} delen niemand; kijk na of de koppeling daar werkte of dat ze elkaar uitsluiten.",
        f"{one} and {other} share nobody; check whether linking worked there or whether they exclude each other.",
    )


SATURATED = Words(
    "Dit model heeft evenveel onbekenden als er aantallen zijn; laat een samenhang weg.",
    "This model has as many unknowns as there are counts; leave an interaction out.",
)


def no_interaction(term: str) -> Words:
    """Say that a term of a model does not name two lists or more."""
    return Words(
        f"“{term}” is geen samenhang; schrijf twee of meer verschillende lijsten met : ertussen.",
        f"“{term}” is no interaction; write two or more different lists with : between them.",
    )


def too_many_models(lists: int, order: int) -> Words:
    """Say that trying every model would not end."""
    return Words(
        f"Met {lists} lijsten zijn er te veel modellen tot orde {order}; kies een lagere orde, stepwise, of minder lijsten.",
        f"With {lists} lists there are too many models up to order {order}; choose a lower order, stepwise, or fewer lists.",
    )


NO_END = Words(
    "Hier ligt geen grens: uit te veel trekkingen was niets te schatten.",
    "There is no limit here: nothing could be estimated from too many of the draws.",
)


def too_few_beyond(level: float, draws: int) -> Words:
    """Say that an end of an interval rests on too few draws to stand."""
    return Words(
        f"Geweigerd: deze grens vraagt niveau {level:.5f}, en van {draws} trekkingen liggen er dan te weinig buiten.",
        f"Refused: this end asks for level {level:.5f}, and of {draws} draws too few lie beyond it.",
    )


CODES: dict[int, Words] = {
    1: Words(
        "Geen cijfer: de beste schatting bestaat niet, want te veel combinaties van lijsten komen niet voor.",
        "No figure: the best estimate does not exist, because too many combinations of lists do not occur.",
    ),
    2: Words(
        "Geen cijfer: verschillende antwoorden passen even goed bij deze tabel.",
        "No figure: different answers fit this table equally well.",
    ),
    3: Words(
        "Geen cijfer: de beste schatting bestaat niet, en verschillende antwoorden passen even goed.",
        "No figure: the best estimate does not exist, and different answers fit equally well.",
    ),
}
NO_MODEL = Words(
    "Geen cijfer: deze tabel draagt geen enkel model.",
    "No figure: this table carries no model at all.",
)
NO_BOUND = Words(
    "Geen ondergrens: niemand staat op precies twee lijsten.",
    "No lower bound: nobody is on exactly two lists.",
)


def few_sharing(sharing: int) -> Words:
    """Say how many lists share people with another, and that it takes three."""
    return Words(
        f"Geen cijfer: {sharing} lijsten delen mensen met een andere en er zijn er drie nodig; zoek een lijst die overlapt.",
        f"No figure: {sharing} lists share people with another and it takes three; find a list that overlaps.",
    )


def large_bias(bias: float) -> Words:
    """Say that the bias correction is large, so that the two bootstrap intervals tell different stories."""
    return Words(
        f"De correctie voor scheefheid is groot (z0 = {bias:.2f}); vertrouw het percentielinterval meer dan BCa.",
        f"The bias correction is large (z0 = {bias:.2f}); trust the percentile interval more than BCa.",
    )


ONLY_A_BOUND = Words(
    "Dit is een grens en geen schatting: er is geen model om te toetsen.",
    "This is a bound and not an estimate: there is no model to check.",
)
UNSOUND_LINKS = Words(
    "Geen cijfer: met zo weinig juiste koppelingen zouden er meer mensen op twee lijsten staan dan een lijst telt.",
    "No figure: with so few right links more people would be on two lists than a list holds.",
)
OPEN_INTERVAL = Words(
    "Er is geen boven- of ondergrens te geven: de tabel kan ook bij een willekeurig groot aantal horen.",
    "No upper or lower limit can be given: the table may belong to any large number as well.",
)
TOO_MANY_TIMES = Words(
    "De schatting is meer dan duizend keer zo groot als het aantal mensen dat is gezien; zo'n getal draagt niets.",
    "The estimate is more than a thousand times the number of people seen; such a number carries nothing.",
)
MODEL_AS_GIVEN = Words(
    "Dit bereik neemt het model als gegeven; het volledige rapport kiest het telkens opnieuw en geeft een ruimer bereik.",
    "This range takes the model as given; the whole report chooses it again and again and gives a wider range.",
)
ASSUMPTION = Words(
    "Deze schatting neemt aan dat niets alle lijsten tegelijk raakt. Dat kan niemand uit de cijfers toetsen.",
    "This estimate assumes that nothing links all lists at once. Nobody can test that from the figures.",
)


def recall_too_low(recall: float, lowest: float) -> Words:
    """Say that the linkage found too few of the true links to reckon with."""
    return Words(
        f"Geweigerd: de koppeling vond {recall:.0%} van de echte koppels, en onder {lowest:.0%} is er niets op te bouwen.",
        f"Refused: linking found {recall:.0%} of the true pairs, and below {lowest:.0%} nothing can be built on it.",
    )


def links_corrected(recall: float, precision: float) -> Words:
    """Say that the errors of linking were taken out, and which were assumed."""
    return Words(
        f"Gecorrigeerd voor de koppeling: die vond {recall:.0%} van de echte koppels, en {precision:.0%} van haar koppels klopt.",
        f"Corrected for the linkage: it found {recall:.0%} of the true pairs, and {precision:.0%} of its links are right.",
    )


def too_wide(low: int, high: int) -> Words:
    """Say that an interval is too wide to publish."""
    return Words(
        f"Het kan {low} zijn en ook {high}: meer dan tien keer zo veel. Dat zegt te weinig om te publiceren.",
        f"It may be {low} and it may be {high}: more than ten times as many. That says too little to publish.",
    )


def inconsistent(*, missed: int, tested: int, name: str, truth: int, estimate: int, low: bool) -> Words:
    """Say that the method fails where the answer is known, and to which side."""
    nl = (
        f"De proef op de som mislukt bij {missed} van de {tested} lijsten. Neem één lijst en doe alsof dat iedereen is: "
        f"op {name} staan {truth} mensen, en uit de andere lijsten komt de methode op {estimate}."
    )
    en = (
        f"The method fails its own test on {missed} of {tested} lists. Take one list and pretend that it is everybody: "
        f"{name} holds {truth} people, and from the other lists the method arrives at {estimate}."
    )
    if low:
        nl += " Wie op de ene lijst staat, staat vaker ook op de andere. Het echte aantal is dan hoger dan de schatting."
        en += " Who is on one list is more often on another too. The true number is then higher than the estimate."
    return Words(nl, en)


def consistent(right: int, tested: int) -> Words:
    """Say on how many lists the method passes its own test."""
    return Words(
        f"De proef op de som: van {right} van de {tested} lijsten is het bekende aantal uit de andere te schatten.",
        f"The method's own test: of {right} of {tested} lists the known size can be estimated from the others.",
    )


def at_least(number: int) -> Words:
    """Say what holds without a model."""
    return Words(
        f"Wat wel gezegd kan worden: het zijn er minstens {number}.",
        f"What can be said: there are at least {number}.",
    )


def between(low: int, high: int) -> Words:
    """Say the range."""
    return Words(f"Waarschijnlijk tussen {low} en {high}.", f"Probably between {low} and {high}.")


EMPTY_STRATUM = Words(
    "Geen cijfer: van één groep is niemand gezien, dus over wie daarvan verborgen is zegt de tabel niets.",
    "No figure: nobody of one stratum was seen, so the table says nothing about who of it is hidden.",
)


def formula(part: str) -> Words:
    """Say where a formula cannot be read."""
    return Words(
        f"De formule is niet te lezen bij “{part}”; schrijf bijvoorbeeld (A+B+C)^2+Regio.",
        f"The formula cannot be read at “{part}”; write for example (A+B+C)^2+Region.",
    )


def no_such_column(name: str, names: Sequence[str]) -> Words:
    """Say which columns there are."""
    return Words(
        f"Er is geen kolom {name}; de kolommen zijn {', '.join(names)}.",
        f"There is no column {name}; the columns are {', '.join(names)}.",
    )


def several_answers(low: float, high: float) -> Words:
    """Say that the chains sit on different answers."""
    return Words(
        f"Twee antwoorden passen: de ketens komen uit tussen {low:.0f} en {high:.0f}. Gebruik dit cijfer niet.",
        f"Several answers fit: the chains end between {low:.0f} and {high:.0f}. Do not use this figure.",
    )


def banned(name: str) -> Words:
    """Say that no figure is broken down by this."""
    return Words(
        f"Naar {name} wordt hier nooit uitgesplitst; haal die kolom weg en tel de rijen op.",
        f"No figure here is ever broken down by {name}; take that column away and add the rows up.",
    )
