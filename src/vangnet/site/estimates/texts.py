"""The words of the report, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from vangnet.knowledge.terms import Words

TEXTS: Mapping[str, Words] = {
    "kicker": Words("Schatting uit de overlap van lijsten", "Estimate from the overlap of lists"),
    "range": Words("Waarschijnlijk tussen {low} en {high} mensen", "Probably between {low} and {high} people"),
    "none": Words(
        "Geen cijfer om te publiceren. Minstens {least} mensen", "No figure to publish. At least {least} people"
    ),
    "lead": Words(
        "{observed} van hen staan op een lijst. De rest is geschat uit de overlap tussen {lists} lijsten.",
        "{observed} of them are on a list. The rest is estimated from the overlap between {lists} lists.",
    ),
    "known": Words("Dit weten we", "What we know"),
    "known_is": Words(
        "{observed} mensen staan op een lijst. {two} van hen staan op twee of meer.",
        "{observed} people are on a list. {two} of them are on two or more.",
    ),
    "estimated": Words("Dit schatten we", "What we estimate"),
    "estimated_is": Words(
        "Nog {low} tot {high} mensen die op geen enkele lijst staan.",
        "Another {low} to {high} people who are on no list at all.",
    ),
    "estimated_not": Words(
        "Niets dat gepubliceerd kan worden. Waarom niet, staat hieronder.",
        "Nothing that can be published. Why not, stands below.",
    ),
    "unknown": Words("Dit weten we niet", "What we do not know"),
    "unknown_is": Words(
        "Of wie bij de ene organisatie bekend is, vaker ook bij de andere bekend is. Dan is het echte aantal hoger.",
        "Whether people known to one organisation are more often known to another too. If so, the true number is higher.",
    ),
    "why": Words("Waarom", "Why"),
    "line": Words("Wie zegt wat, op één lijn", "Who says what, on one line"),
    "counted": Words("Wat is geteld", "What was counted"),
    "on_a_list": Words("Op een lijst", "On a list"),
    "without_doubles": Words("alle lijsten samen, zonder dubbele", "all lists together, without doubles"),
    "said": Words("Wat partijen zeggen", "What parties say"),
    "methods": Words("Wat de rekenwijzen geven", "What the methods give"),
    "edge": Words(
        "Woorden hebben geen scherpe rand. Daarom lopen deze balken uit.",
        "Words have no sharp edge. That is why these bars fade out.",
    ),
    "people": Words("aantal mensen", "number of people"),
    "no_figure": Words("geen cijfer", "no figure"),
    "same": Words("Dezelfde cijfers als tabel", "The same figures as a table"),
    "method": Words("Rekenwijze", "Method"),
    "model": Words("Samenhang", "Dependence"),
    "estimate": Words("Schatting", "Estimate"),
    "lower": Words("Ondergrens", "Lower"),
    "upper": Words("Bovengrens", "Upper"),
    "reason": Words("Opmerking", "Remark"),
    "claim": Words("Bewering", "Claim"),
    "party": Words("Van", "By"),
    "fits": Words("Past erbij?", "Does it fit?"),
    "fit_inside": Words("ja", "yes"),
    "fit_partly": Words("deels", "in part"),
    "fit_below": Words("nee, te laag", "no, too low"),
    "fit_above": Words("nee, te hoog", "no, too high"),
    "fit_open": Words("niet te zeggen", "cannot be said"),
    "overlaps": Words("Wie op welke lijsten staat", "Who is on which lists"),
    "lists": Words("Lijsten", "Lists"),
    "count": Words("Mensen", "People"),
    "bootstrap": Words(
        "Hoe ver toeval het cijfer had kunnen brengen", "How far chance could have moved the figure"
    ),
    "bootstrap_is": Words(
        "De mensen zijn {draws} keer opnieuw getrokken; elke keer is het model opnieuw gekozen. {without} keer was er niets te schatten.",
        "The people were drawn again {draws} times; each time the model was chosen again. {without} times nothing could be estimated.",
    ),
    "level": Words("Gevraagd niveau", "Level asked for"),
    "interval": Words("Interval", "Interval"),
    "leave": Words("Zonder één van de lijsten", "Without one of the lists"),
    "leave_is": Words(
        "Laten we telkens één lijst weg, dan ligt de schatting tussen {low} en {high}.",
        "Leaving out one list at a time, the estimate lies between {low} and {high}.",
    ),
    "left_out": Words("Zonder", "Without"),
    "odds": Words("Als de aanname niet klopt", "If the assumption does not hold"),
    "odds_is": Words(
        "Wie op alle lijsten tegelijk staat, zou zo veel keer vaker voorkomen dan aangenomen:",
        "If being on all lists at once were so many times as likely as assumed:",
    ),
    "odds_ratio": Words("Zo veel keer", "Times as likely"),
    "own_test": Words("De proef op de som", "The method's own test"),
    "own_test_is": Words(
        "We nemen één lijst, doen alsof dat iedereen is, en schatten haar grootte uit de andere lijsten.",
        "We take one list, pretend that it is everybody, and estimate its size from the other lists.",
    ),
    "list": Words("Lijst", "List"),
    "truth": Words("Echt aantal", "True size"),
    "inside": Words("Klopt", "Right"),
    "yes": Words("ja", "yes"),
    "no": Words("nee", "no"),
    "untested": Words("niet te toetsen", "cannot be tested"),
    "threshold": Words("Met een andere drempel", "With another threshold"),
    "p": Words("Drempel p", "Threshold p"),
    "merge": Words("Met twee lijsten samengevoegd", "With two lists merged"),
    "links": Words("Als koppelingen fout zijn", "If links are wrong"),
    "links_is": Words(
        "Gemiste koppelingen maken de schatting te hoog, onjuiste te laag. Gecorrigeerd, bij deze kwaliteit van de koppeling:",
        "Missed links make the estimate too high, false ones too low. Corrected, for this quality of the linkage:",
    ),
    "recall": Words("Gevonden", "Found"),
    "precision": Words("Juist", "Right"),
    "models": Words("Hoe ver de modellen uiteenlopen", "How far the models lie apart"),
    "models_is": Words(
        "{tried} modellen geprobeerd; {carried} dragen een cijfer, van {low} tot {high}. De rest heeft geen schatting of meer dan één.",
        "{tried} models tried; {carried} carry a figure, from {low} to {high}. The rest has no estimate or more than one.",
    ),
    "press": Words("Voor de pers", "For the press"),
    "press_is": Words(
        "Noem altijd een bereik en nooit één getal. Zeg erbij hoeveel mensen geteld zijn. Zeg dat de schatting een aanname nodig heeft die niemand kan toetsen. Vergelijk geen jaren met elkaar zonder dat de lijsten dezelfde zijn.",
        "Always give a range and never one number. Say how many people were counted. Say that the estimate needs an assumption that nobody can test. Do not compare years unless the lists are the same.",
    ),
    "sources": Words("Bronnen van de rekenwijzen", "Sources of the methods"),
}
"""Every sentence of the page by its name; what stands in braces is filled in."""

METHOD_NAMES: Mapping[str, Words] = {
    "stepwise": Words("Stap voor stap", "Stepwise"),
    "fixed": Words("Gegeven model", "Given model"),
    "enumerate": Words("Elk model", "Every model"),
    "aic": Words("Beste model (AIC)", "Best model (AIC)"),
    "bic": Words("Beste model (BIC)", "Best model (BIC)"),
    "bootstrap": Words("Opnieuw getrokken", "Drawn again"),
    "bayes-threshold": Words("Bayes met drempel", "Bayes with a threshold"),
    "decomposable-graphs": Words("Gemiddelde van modellen", "Average of models"),
    "latent-classes": Words("Verborgen groepen", "Hidden groups"),
    "covariates": Words("Met achtergrondkenmerken", "With covariates"),
    "linked": Words("Gecorrigeerd voor de koppeling", "Corrected for the linkage"),
    "chao": Words("Ondergrens (Chao)", "Lower bound (Chao)"),
    "chapman": Words("Twee lijsten (Chapman)", "Two lists (Chapman)"),
}

INTERVAL_NAMES: Mapping[str, Words] = {
    "wald95_log_hidden": Words("Wald", "Wald"),
    "percentile95": Words("percentiel", "percentile"),
    "bca95": Words("BCa", "BCa"),
    "posterior95": Words("a posteriori", "posterior"),
}
