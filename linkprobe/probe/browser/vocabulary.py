"""What buttons say: the words that lead on, and the words that lead elsewhere."""

GO_ON: tuple[str, ...] = (
    # Chinese
    "继续访问", "继续前往", "继续打开", "继续浏览", "继续",
    "仍要访问", "仍要继续", "仍然访问", "仍然前往", "仍要前往",
    "确认访问", "确定访问", "立即前往", "立即访问", "直接访问",
    "前往访问", "前往", "访问网页", "访问该网页", "访问原网页",
    "打开链接", "打开网页", "确认打开", "我已知晓", "我知道了",
    "信任并继续", "忽略风险", "確認", "繼續訪問", "繼續前往",
    "繼續瀏覽", "繼續", "前往網站", "仍要前往網站", "确定", "确认",
    # English
    "continue", "continue to site", "continue to website",
    "continue anyway", "proceed", "proceed anyway", "go to site",
    "go to website", "go to link", "visit", "visit site",
    "visit website", "open link", "open website", "follow link",
    "follow the link", "leave site", "take me there", "yes, continue", "i understand", "ignore warning", "ok",
    # Russian, Ukrainian
    "перейти", "перейти на сайт", "перейти по ссылке", "продолжить", "всё равно перейти", "все равно перейти",
    "открыть ссылку", "перейти за посиланням", "продовжити",
    # Turkish
    "devam", "devam et", "siteye git", "bağlantıya git",
    # Spanish, Portuguese, Italian, French
    "continuar", "continuar de todos modos", "ir al sitio", "visitar", "ir para o site", "acessar", "continua",
    "vai al sito", "prosegui", "continuer", "poursuivre", "accéder au site", "aller sur le site",
    # German, Dutch, Polish
    "weiter", "weiter zur website", "fortfahren", "trotzdem fortfahren", "doorgaan", "verder", "kontynuuj",
    "przejdź do strony",
    # Japanese, Korean
    "続行", "続ける", "進む", "移動する", "アクセスする", "サイトへ移動", "リンクを開く", "このまま進む",
    "계속", "계속하기", "계속 진행", "이동", "이동하기", "사이트로 이동", "방문",
    # Arabic, Persian, Vietnamese, Indonesian, Thai, Hindi
    "متابعة", "استمرار", "ادامه", "tiếp tục",
    "lanjutkan", "kunjungi", "ดำเนินการต่อ", "ไปที่เว็บไซต์", "जारी रखें",
)  # fmt: skip
"""Labels that lead on to the link. Those of letters match as whole words at the start of a label, others anywhere."""

NOT_ON: tuple[str, ...] = (
    "下载", "下載", "登录", "登入", "登錄", "注册", "註冊",
    "复制", "複製", "举报", "投诉", "取消", "返回", "关闭", "安装",
    "客户端", "客戶端", "扫码", "反馈", "申请", "关注", "分享", "协议", "政策", "不再", "阅读", "閱讀", "购物", "支付",
    "停止访问", "不前往",
    "app", "application", "download", "install", "log in",
    "login", "sign in", "sign up", "register", "subscribe",
    "copy", "report", "cancel", "back", "close",
    "feedback", "appeal", "share", "learn more", "reading", "shopping",
    "with google", "with facebook", "with apple", "with email", "with phone", "as guest", "don't", "not",
    "скачать", "войти", "отмена", "назад", "приложени",
    "indir", "giriş", "iptal", "geri", "descargar", "iniciar sesión",
    "cancelar", "volver", "baixar", "entrar", "voltar",
    "scarica", "accedi", "annulla", "télécharger", "se connecter",
    "annuler", "retour", "herunterladen", "anmelden", "abbrechen", "zurück", "ダウンロード", "ログイン", "キャンセル",
    "戻る", "アプリ", "다운로드", "로그인", "취소", "뒤로", "앱",
)  # fmt: skip
"""Labels with any of these are left alone, whatever else they say."""
