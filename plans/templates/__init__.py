"""Plans that come with the product, to start from or to try things with."""

from plans.templates.demo import DemoTask, load_demo_work
from plans.templates.errors import BadTemplate, UnknownTemplate
from plans.templates.loader import TEMPLATES, TemplateEntry, load_template

__all__ = [
    "TEMPLATES",
    "BadTemplate",
    "DemoTask",
    "TemplateEntry",
    "UnknownTemplate",
    "load_demo_work",
    "load_template",
]
