"""What may show that a child is exploited: the sourced catalogue, and what observations say by it."""

from vangnet.knowledge.indicators.indicator import (
    ABOUT,
    CATEGORIES,
    DIMENSIONS,
    MOMENTS,
    OBSERVERS,
    Catalogue,
    Indicator,
    Source,
)
from vangnet.knowledge.indicators.profile import Dimension
from vangnet.knowledge.indicators.prompting import prompts, search
from vangnet.knowledge.indicators.reading import CatalogueError, catalogue
from vangnet.knowledge.indicators.recurring import supported_by
from vangnet.knowledge.indicators.screening import (
    Indication,
    Risk,
    Screening,
    UnknownIndicatorError,
    screen,
)

__all__ = [
    "ABOUT",
    "CATEGORIES",
    "DIMENSIONS",
    "MOMENTS",
    "OBSERVERS",
    "Catalogue",
    "CatalogueError",
    "Dimension",
    "Indication",
    "Indicator",
    "Risk",
    "Screening",
    "Source",
    "UnknownIndicatorError",
    "catalogue",
    "prompts",
    "screen",
    "search",
    "supported_by",
]
