"""What the platform's pages say and where their menu stands."""

from tests.factories import Factory
from tests.pages import PageClient


def test_county_names_its_standard_and_the_menu_shows_one_place(admin: PageClient, make: Factory) -> None:
    make.county("丙县（示例）", code="990111")

    pages = [admin.get_page(path) for path in ("/platform", "/platform/counties/990111", "/platform/log")]

    assert ["县域义务教育优质均衡发展督导评估" in page.text for page in pages] == [True, True, False]
    here = [{link.text for link in page.select(".menu-list [aria-current=page]")} for page in pages]
    assert here == [{"县（市、区）"}, {"县（市、区）"}, {"平台日志"}]
