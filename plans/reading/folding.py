"""One spelling for many: widths, brackets and traditional characters.

``fold`` changes single characters only, so a position in the folded text is the same position in the source.
"""

import re
import unicodedata

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MARKS = {
    **dict.fromkeys("([〔【［﹝〖{", "（"),
    **dict.fromkeys(")]〕】］﹞〗}", "）"),
    **dict.fromkeys(":︰﹕∶", "："),
    **dict.fromkeys(",﹐", "，"),
    **dict.fromkeys(";﹔", "；"),
    **dict.fromkeys("｡﹒", "。"),
    **dict.fromkeys("\t\xa0\u3000\u2002\u2003\u2009", " "),
}
# Only characters of headings, unit names, time words and targets: enough to recognise them.
_TRADITIONAL = dict(
    zip(
        "責單門牽頭區縣鄉鎮團黨財發廳處辦衛組織傳聯婦殘環資監場業農興電網訊標務項導領題階實計劃規術師學體質達進參與協職"
        "員會個條時間限備註號據總產節點長專題勞動創優級別書記應對軍開關廣營運鐵銀稅審統濟貿劇館臺執法編輔驗結構現識調隊檔檢護軟訓礎"
        "過於約儀積輪崗隨遷鞏續補類綜數樂藝額擔課後認滿歲萬幣價錄給縮減層樓際較異係覺聽寫語"
        "設測義準幹話無為東爭雙圖療園報強復複極經見視觀驟預屬將該證評議讀變貧費購車載轄險須齊斷樣機歷歸獎畢畫盡種穩築紀納線練績舉舊裝訂試詳誠豐貨轉遠適選醫針錢錯陸雲養壓擴擇權氣災"
        "確籌糧糾綱緊繼習說診諮銷輕違難願頒順顯風飲廚廁綠熱維細終絡綫貫鍛鏈闊範圍擬撫攜敘暢榮歐滅溝漢潔牆獨癥眾碼禮稱穀竅筆簡簽粵紅純紙絕緣縱繳罰罷聲脫臨艱葉蓋藍藥虛親覽訪許詢誤談"
        "請論諾謀講謝譯譽讓豬貝負貢貴買賞賬賴贊贏趙趕跡踐躍軌輛輸辭邊遞還鄰鄭釋鈔鋪鋼鍵鎖鏡鐘鑒閉閱陣陰陳陽雜離靈靜響頁頓頻顧飛飯飽騰驅魚鮮鳥麗黃龍",
        "责单门牵头区县乡镇团党财发厅处办卫组织传联妇残环资监场业农兴电网讯标务项导领题阶实计划规术师学体质达进参与协职"
        "员会个条时间限备注号据总产节点长专题劳动创优级别书记应对军开关广营运铁银税审统济贸剧馆台执法编辅验结构现识调队档检护软训础"
        "过于约仪积轮岗随迁巩续补类综数乐艺额担课后认满岁万币价录给缩减层楼际较异系觉听写语"
        "设测义准干话无为东争双图疗园报强复复极经见视观骤预属将该证评议读变贫费购车载辖险须齐断样机历归奖毕画尽种稳筑纪纳线练绩举旧装订试详诚丰货转远适选医针钱错陆云养压扩择权气灾"
        "确筹粮纠纲紧继习说诊咨销轻违难愿颁顺显风饮厨厕绿热维细终络线贯锻链阔范围拟抚携叙畅荣欧灭沟汉洁墙独症众码礼称谷窍笔简签粤红纯纸绝缘纵缴罚罢声脱临艰叶盖蓝药虚亲览访许询误谈"
        "请论诺谋讲谢译誉让猪贝负贡贵买赏账赖赞赢赵赶迹践跃轨辆输辞边递还邻郑释钞铺钢键锁镜钟鉴闭阅阵阴陈阳杂离灵静响页顿频顾飞饭饱腾驱鱼鲜鸟丽黄龙",
        strict=True,
    )
)
_FOLD = str.maketrans({**{chr(a): chr(b) for a, b in _FULL_WIDTH.items()}, **_TRADITIONAL})
_FOLD_MARKS = str.maketrans(_MARKS)
_LEVEL_LETTERS = (
    (re.compile(r"(?:Ш|ш|III|lll|ⅠⅠⅠ)(?=级)"), "Ⅲ"),
    (re.compile(r"(?:П|п|II|ll|ⅠⅠ)(?=级)"), "Ⅱ"),
)
_ENCLOSED = re.compile(r"^[⒈-⒛㈠-㈩⑴-⒇]")


def fold(text: str) -> str:
    """The text in half-width digits, full-width marks and simplified keyword characters, same length.

    >>> fold("責任單位:縣教育局(１２)")
    '责任单位：县教育局（12）'
    """
    return text.translate(_FOLD).translate(_FOLD_MARKS)


def squeeze(text: str) -> str:
    """The text without any white space, as titles and table heads are compared.

    >>> squeeze("实  施　方 案")
    '实施方案'
    """
    return "".join(text.split())


def clean_line(text: str) -> str:
    """A source line for showing: outer space gone, level letters and enclosed numbers in their usual form.

    >>> clean_line("　⒈水平达到Ш级 ")
    '1.水平达到Ⅲ级'
    """
    text = _ENCLOSED.sub(
        lambda found: unicodedata.normalize("NFKC", found[0]), text.strip().lstrip("\ufeff\u200b")
    )
    for look_alike, letter in _LEVEL_LETTERS:
        text = look_alike.sub(letter, text)
    return text.strip()
