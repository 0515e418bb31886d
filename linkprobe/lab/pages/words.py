"""The words the lab's pages are written with, in Chinese and English. All of it is made up."""

from random import Random
from typing import NamedTuple


class Lexicon(NamedTuple):
    """Words and sentence patterns of one language. `{a}` and `{b}` take nouns, `{n}` a number."""

    code: str
    nouns: tuple[str, ...]
    sentences: tuple[str, ...]
    names: tuple[str, ...]
    navigation: tuple[str, ...]
    account: str
    password: str
    log_in: str
    register: str
    search: str
    recommended: str
    comments: str
    price: str
    buy: str
    cart: str
    views: str
    related: str
    updated: str
    share: str
    edit: str
    footer: str


def _words(listed: str, between: str | None = None) -> tuple[str, ...]:
    return tuple(listed.split(between))


CHINESE = Lexicon(
    code="zh-CN",
    nouns=_words(
        "保温杯 帆布鞋 台灯 茶叶 山药 雨伞 充电宝 笔记本 自行车 毛衣 咖啡豆 键盘 书架 窗帘 手套 蜂蜜 收纳盒 床单 "
        "面包机 吉他 水彩笔 登山包 望远镜 洗衣液 门票 会议纪要 周报 预算表 排班表 合同模板 城市公园 "
        "菜市场 早高峰 图书馆 小镇车站 海边日出 家常面 老街夜市 篮球赛 合唱团 春耕 "
        "台风 地铁线路 旧书店 养老服务 垃圾分类 社区医院"
    ),
    sentences=(
        "这款{a}我们用了{n}天，和{b}放在一起也很合适。",
        "上周末去看了{a}，人不算多，顺便带回了{b}。",
        "如果只选一样，我会先选{a}，其次才是{b}。",
        "编辑部收到{n}封来信，谈的多半是{a}。",
        "新的{a}比去年轻了{n}克，颜色更接近{b}。",
        "关于{a}的讨论已经持续了{n}天，有人提到{b}。",
        "第{n}版把{a}移到了附录，正文只保留{b}。",
        "天气转凉，{a}卖得比往年早，{b}要再等等。",
        "评委认为{a}胜在细节，{b}还可以更稳。",
        "志愿者整理了{n}份材料，把{a}与{b}分开存放。",
    ),
    names=("木子", "阿远", "小满", "老陈", "南风", "青禾", "一白", "石榴", "行舟", "冬冬", "晚晴", "十七"),
    navigation=("首页", "分类", "发现", "消息", "我的", "客服中心", "网站导航", "下载客户端"),
    account="手机号/邮箱",
    password="密码",  # noqa: S106 - a label
    log_in="登录",
    register="免费注册",
    search="搜索",
    recommended="猜你喜欢",
    comments="条评论",
    price="价格",
    buy="立即购买",
    cart="加入购物车",
    views="次观看",
    related="相关内容",
    updated="更新于",
    share="分享",
    edit="编辑",
    footer="关于我们 · 用户协议 · 隐私政策 · 举报中心 · 增值电信业务经营许可证（示例）",
)
ENGLISH = Lexicon(
    code="en",
    nouns=_words(
        "kettle,canvas shoes,desk lamp,green tea,umbrella,power bank,notebook,bicycle,sweater,coffee,keyboard,"
        "bookshelf,curtain,gloves,honey,storage box,bed linen,guitar,watercolours,backpack,binoculars,ticket,"
        "meeting notes,weekly report,budget,rota,contract draft,city park,farmers' market,rush hour,library,"
        "small station,sunrise,noodle soup,night market,basketball final,choir,spring sowing,storm,metro line,"
        "second-hand bookshop,day care,recycling,health centre",
        ",",
    ),
    sentences=(
        "We used the {a} for {n} days and kept it next to the {b}.",
        "The {a} drew a crowd on Sunday, and many stayed for the {b}.",
        "Given only one choice, most readers take the {a} over the {b}.",
        "The editors received {n} letters, nearly all about the {a}.",
        "The new {a} is {n} grams lighter, and its colour is closer to the {b}.",
        "The talk about the {a} has gone on for {n} days; some bring up the {b}.",
        "Version {n} moves the {a} to the appendix and keeps the {b} in the main text.",
        "With the cold weather the {a} sells early, while the {b} can wait.",
        "The jury liked the detail of the {a} and found the {b} unsteady.",
        "Volunteers sorted {n} boxes and stored the {a} apart from the {b}.",
    ),
    names=("Ada", "Bruno", "Chidi", "Dana", "Elif", "Farid", "Greta", "Hana", "Ivo", "June", "Kofi", "Lena"),
    navigation=("Home", "Categories", "Discover", "Inbox", "Account", "Help", "Sitemap", "Get the app"),
    account="Phone or e-mail",
    password="Password",  # noqa: S106 - a label
    log_in="Log in",
    register="Sign up",
    search="Search",
    recommended="Recommended for you",
    comments="comments",
    price="Price",
    buy="Buy now",
    cart="Add to basket",
    views="views",
    related="Related",
    updated="Updated",
    share="Share",
    edit="Edit",
    footer="About · Terms · Privacy · Report a problem · Accessibility",
)


def language_of(*texts: str) -> Lexicon:
    """Chinese where any text holds a Chinese character, else English."""
    return CHINESE if any("\u4e00" <= letter <= "\u9fff" for text in texts for letter in text) else ENGLISH


def sentence(words: Lexicon, chance: Random) -> str:
    """One made-up sentence."""
    pattern = chance.choice(words.sentences)
    return pattern.format(a=chance.choice(words.nouns), b=chance.choice(words.nouns), n=chance.randint(3, 90))


def paragraph(words: Lexicon, chance: Random, length: int) -> str:
    """`length` made-up sentences."""
    return ("" if words is CHINESE else " ").join(sentence(words, chance) for _ in range(length))
