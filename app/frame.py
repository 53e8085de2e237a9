"""What stands around every page: menu, county, year, person."""

from dataclasses import dataclass

from flask import Flask, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.assessments.years import KnownYear, known_years, version_words
from app.audit.doers import Doer
from app.auth.presence import (
    ABOVE,
    ADMIN,
    BROKEN,
    OVERSEES,
    PRESENCE,
    Presence,
    current_above,
    current_presence,
)
from app.extensions import db
from app.messages.queries import n_unread
from app.people.words import role_name
from app.punctuation import listed
from plans.actors import Actor, Role
from plans.rights import Act, may, might
from plans.terms import in_force, terms_of

TOOLS = (  # endpoint, label, act that a person must have the right to
    ("starting.index", _l("开始使用"), Act.ASSIGN_TASK),
    ("people.roles", _l("角色与权限"), None),
    ("tenant.index", _l("本县设置"), Act.SET_COUNTY),
    ("audit.index", _l("审计日志"), Act.READ_LOG),
)
MENU = (  # endpoint, label, other beginnings of addresses that belong there
    ("dashboard.home", _l("总览"), "/supervision", "/overview", "/decisions", "/my-school"),
    ("assessments.indicators", _l("指标"), "/items"),
    ("assessments.schools", _l("学校")),
    ("basic.index", _l("基本均衡"), "/rubric", "/claims"),
    ("gaps.index", _l("差距")),
    ("ledgers.index", _l("达标台账")),
    ("targets.index", _l("目标")),
    ("planning.plan", _l("实施方案"), "/plans", "/duties", "/milestones"),
    ("planning.tasks", _l("任务台账")),
    ("work.wall", _l("挂图作战")),
    ("work.calendar", _l("工作日历")),
    ("work.notices", _l("督办单")),
    ("bulletins.index", _l("通报")),
    ("returns.index", _l("数据填报")),
    ("versions.index", _l("评估版本")),
    ("people.members", _l("成员")),
)
KEYS = {  # after "g" on the keyboard; a place without a letter is reached by the menu alone
    "dashboard.home": "z",
    "assessments.indicators": "b",
    "assessments.schools": "x",
    "basic.index": "j",
    "gaps.index": "c",
    "ledgers.index": "d",
    "targets.index": "m",
    "planning.plan": "f",
    "planning.tasks": "r",
    "work.wall": "g",
    "work.calendar": "l",
    "work.notices": "u",
    "bulletins.index": "t",
    "returns.index": "s",
    "versions.index": "p",
    "people.members": "y",
}
NEEDS = {"people.members": Act.MANAGE_MEMBERS}  # shown to those who might do the act


PLATFORM_MENU = (
    ("admin.index", _l("县（市、区）")),
    ("admin.running", _l("运行情况")),
    ("admin.log", _l("平台日志")),
)


@dataclass(frozen=True)
class Link:
    """A place to go, for menus and switches."""

    label: str
    url: str
    active: bool = False
    badge: str | None = None
    key: str = ""  # the letter that leads there after "g"


@dataclass(frozen=True)
class Frame:
    """Everything that base.html draws around the content."""

    county: str
    counties: list[Link]
    year: str
    years: list[Link]
    menu: list[Link]
    user_name: str
    role_name: str
    version: str = ""
    unread: int = 0
    home_url: str = "/"
    search_url: str = ""  # empty: there is nothing here to search
    messages_url: str = ""
    account_url: str = ""
    oversight_url: str = ""  # for those who oversee counties beside their own part
    is_looking: bool = False  # came from above, changes nothing
    sign_out_url: str = "/sign-out"
    tools: tuple[Link, ...] = ()  # behind the person's name


def init_app(app: Flask) -> None:
    """Offer ``frame`` to every template; None before sign-in."""
    app.jinja_env.globals["time_name"] = lambda status: in_force().time_name(status)
    app.context_processor(lambda: {"frame": _frame()})
    app.add_template_global(_may, "may")


def current_year() -> int | None:
    """The year that the person looks at: the chosen one, else the newest with a result; None without data."""
    return _chosen(known_years(db.session()))


def _chosen(known: list[KnownYear]) -> int | None:
    """A year that schools have begun to report begins for everybody with its first result."""
    chosen, years = session.get("year"), [one.year for one in known]
    judged = (one.year for one in known if one.made_at)
    return chosen if chosen in years else next(judged, next(iter(years), None))


def _may(act: str, thing: object = None) -> bool:
    """For templates: whether the person may do an act, to a thing where the act asks for one."""
    if PRESENCE not in request.environ:
        return False
    actor = current_presence().actor
    return might(actor, Act(act)) if thing is None else may(actor, Act(act), thing)


def _frame() -> Frame | None:
    if BROKEN in request.environ:
        return None
    if ADMIN in request.environ:
        return _platform_frame(request.environ[ADMIN])
    if ABOVE in request.environ:
        return _frame_above()
    if PRESENCE not in request.environ:
        return None
    presence = current_presence()
    versions = {known.year: known for known in known_years(db.session())}
    years = list(versions)
    year = _chosen(list(versions.values()))
    return Frame(
        county=_county_name(presence),
        counties=_counties(presence),
        year=_("%(year)s 年度", year=year) if year else _("尚无数据"),
        years=_year_links(years, year),
        menu=[] if presence.county.suspended_at else _menu(presence.actor),
        tools=_tools(presence),
        user_name=presence.actor.name,
        role_name=role_name(presence.actor.role),
        version=version_words(versions[year]) if year else "",
        unread=n_unread(db.session(), presence.actor.user_id),
        home_url=url_for("dashboard.home"),
        search_url="" if presence.county.suspended_at else url_for("search.index"),
        messages_url=url_for("messages.index"),
        account_url=url_for("auth.account"),
        oversight_url=url_for("oversight.index") if presence.is_looking or session.get(OVERSEES) else "",
        is_looking=presence.is_looking,
        sign_out_url=url_for("auth.sign_out"),
    )


def _frame_above() -> Frame:
    above, home = current_above(), url_for("oversight.index")
    templates = url_for("oversight.templates")
    is_pushing = request.path.startswith(templates)
    return Frame(
        county=listed(region.name for region in above.regions),
        counties=[],
        year="",
        years=[],
        menu=[
            Link(_("所辖县"), home, request.path.startswith(home) and not is_pushing),
            Link(_("方案模板"), templates, is_pushing),
        ],
        user_name=above.name,
        role_name=role_name(Role.OVERSEER),
        home_url=home,
        account_url=url_for("auth.account"),
        sign_out_url=url_for("auth.sign_out"),
    )


def _platform_frame(admin: Doer) -> Frame:
    links = [(url_for(endpoint), label) for endpoint, label in PLATFORM_MENU]
    around = [url for url, _label in links if f"{request.path}/".startswith(f"{url}/")]
    open_now = max(around, default="", key=len)
    return Frame(
        county=_("平台管理"),
        counties=[],
        year="",
        years=[],
        menu=[Link(str(label), url, url == open_now) for url, label in links],
        user_name=admin.who,
        role_name=_("平台管理员"),
        home_url=url_for("admin.index"),
        account_url=url_for("auth.account"),
        sign_out_url=url_for("auth.sign_out"),
    )


def _county_name(presence: Presence) -> str:
    return presence.county.name


def _counties(presence: Presence) -> list[Link]:
    return [
        Link(
            f"{county.name} · {role_name(membership.role, terms_of(county.settings).role_names)}",
            url_for("auth.choose_county", membership_id=membership.id),
            county.id == presence.county.id and membership.role is presence.actor.role,
        )
        for membership, county in presence.choices
    ]


def _year_links(years: list[int], current: int | None) -> list[Link]:
    here = request.full_path if request.method == "GET" else None
    return [
        Link(
            _("%(year)s 年度", year=year),
            url_for("auth.choose_year", year=year, next=here),
            year == current,
        )
        for year in years
    ]


def _tools(presence: Presence) -> tuple[Link, ...]:
    wanted = [tool[:2] for tool in TOOLS if tool[2] is None or may(presence.actor, tool[2])]
    if current_user.is_platform_admin:
        wanted.append(("admin.index", _("平台管理")))
    return tuple(Link(str(label), url_for(endpoint)) for endpoint, label in wanted)


def _menu(actor: Actor) -> list[Link]:
    links = [
        (url_for(endpoint), label, KEYS.get(endpoint, ""), elsewhere)
        for endpoint, label, *elsewhere in MENU
        if endpoint not in NEEDS or might(actor, NEEDS[endpoint])
    ]
    around = [url for url, _label, _key, elsewhere in links if _leads_to_here(url, *elsewhere)]
    here = max(around, key=len, default="")
    return [Link(str(label), url, url == here, key=key) for url, label, key, _elsewhere in links]


def _leads_to_here(*beginnings: str) -> bool:
    return any(
        request.path.startswith(beginning) if beginning != "/" else request.path == "/"
        for beginning in beginnings
    )
