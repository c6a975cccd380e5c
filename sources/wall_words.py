"""What walls say, in the languages in which pages are cited: English, German, French, Spanish, Portuguese, Russian,
Korean, Chinese, Japanese, Arabic. Data alone.

Each phrase is lower case and is looked for within one short line (a heading, a button, a sentence that stands alone),
never in running prose: an article that talks of walls has these words in long paragraphs.
"""


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split("|") if phrase.strip())


BOT = _phrases("""
    verify you are human | verify that you are human | verifying you are human | are you a robot | not a robot |
    checking your browser | checking if the site connection is secure | just a moment | unusual traffic |
    automated access | automated requests | access denied | access to this page has been denied | request blocked |
    you have been blocked | security check | complete the captcha | solve the captcha | pardon our interruption |
    attention required | bot protection | prove you are human | confirm you are human | press and hold |
    press & hold | human verification | kein roboter | ein mensch sind | du ein mensch bist |
    sicherheitsüberprüfung | browser wird überprüft | überprüfung ihres browsers | zugriff verweigert |
    ungewöhnlicher datenverkehr | ungewöhnlichen datenverkehr | automatisierte zugriffe | automatisierte anfragen |
    anfrage wurde blockiert | einen moment bitte | sicherheitsabfrage | pas un robot | que vous êtes humain |
    êtes un humain | vérification de sécurité | vérification de votre navigateur | accès refusé |
    trafic inhabituel | requêtes automatisées | accès automatisé | un instant | votre accès a été bloqué |
    contrôle de sécurité | no eres un robot | no soy un robot | no es un robot | verifica que eres humano |
    verifique que es humano | eres humano | es usted humano | comprobando su navegador | comprobando tu navegador |
    verificación de seguridad | acceso denegado | tráfico inusual | un momento por favor |
    solicitudes automatizadas | não é um robô | não sou um robô | não és um robô | é humano |
    verificando o seu navegador | verificando seu navegador | verificação de segurança | acesso negado |
    tráfego incomum | tráfego invulgar | só um momento | um momento, por favor | acesso automatizado |
    не робот | вы человек | проверка браузера | проверяем ваш браузер | проверка безопасности | доступ запрещён |
    доступ запрещен | доступ ограничен | необычный трафик | автоматические запросы | подозрительный трафик |
    подождите немного |
    로봇이 아닙니다 | 로봇이 아님 | 사람인지 확인 | 사람임을 확인 | 브라우저를 확인 | 보안 확인 | 보안 검사 |
    접근이 거부 | 접근이 차단 | 접속이 차단 | 비정상적인 트래픽 | 비정상적인 접근 | 자동화된 요청 | 잠시만 기다려 |
    자동입력 방지 |
    不是机器人 | 并非机器人 | 不是機器人 | 您是真人 | 你是真人 | 是否是真人 | 人机验证 | 人機驗證 | 安全验证 |
    安全驗證 | 安全检查 | 正在检查您的浏览器 | 正在检查你的浏览器 | 访问被拒绝 | 拒绝访问 | 存取被拒 | 异常流量 |
    请稍候 | 自动化访问 | 访问过于频繁 | 滑动验证 | 输入验证码 |
    ロボットではありません | ロボットでは | 人間であること | ブラウザを確認 | ブラウザを検証 |
    セキュリティチェック | セキュリティ確認 | アクセスが拒否 | アクセス拒否 | アクセスがブロック |
    通常と異なるトラフィック | 自動アクセス | しばらくお待ち |
    画像認証 |
    لست روبوت | لستَ روبوت | أنك إنسان | أنك لست | التحقق من متصفحك | نتحقق من متصفحك | فحص أمني | التحقق الأمني |
    تم رفض الوصول | الوصول مرفوض | حركة مرور غير | طلبات آلية | لحظة من فضلك | يرجى الانتظار
""")

LOGIN = _phrases("""
    log in to continue | sign in to continue | please log in | please sign in | you must be logged in |
    you must log in | you need to log in | you need to sign in | login required | log in to view |
    sign in to view | log in to see | sign in to see | members only | sign in to your account |
    log in to your account | log into | log in or sign up | log in or register | forgot password |
    forgot your password | forgotten password | bitte melden sie sich an | bitte anmelden | bitte einloggen |
    bitte loggen sie sich ein | melden sie sich an | melde dich an | anmeldung erforderlich | nur für mitglieder |
    passwort vergessen | anmelden, um | einloggen, um | connectez-vous | veuillez vous connecter |
    vous devez être connecté | connexion requise | identifiez-vous | réservé aux membres | mot de passe oublié |
    inicia sesión | inicie sesión | iniciar sesión para | debes iniciar sesión | debe iniciar sesión |
    acceso para socios | solo para miembros | olvidaste tu contraseña | olvidó su contraseña |
    he olvidado mi contraseña | faça login | faça o login | inicie sessão | entre na sua conta |
    é necessário iniciar sessão | precisa estar conectado | precisa fazer login | exclusivo para membros |
    esqueceu a senha | esqueceu sua senha | esqueceu-se da palavra-passe |
    войдите, чтобы | войдите в | необходимо войти | требуется авторизация | авторизуйтесь |
    только для зарегистрированных | забыли пароль | вход в систему |
    로그인이 필요 | 로그인 후 | 로그인하세요 | 로그인해 주세요 | 로그인해주세요 | 회원 전용 | 비밀번호를 잊 |
    비밀번호 찾기 |
    请登录 | 请先登录 | 請登入 | 請先登入 | 登录后 | 登入後 | 需要登录 | 仅限会员 | 忘记密码 | 忘記密碼 |
    ログインしてください | ログインが必要 | サインインしてください | ログインすると |
    会員限定 |
    パスワードをお忘れ | パスワードを忘れ |
    سجل الدخول | سجّل الدخول | تسجيل الدخول مطلوب | يجب تسجيل الدخول | يرجى تسجيل الدخول | للأعضاء فقط |
    نسيت كلمة | هل نسيت
""")

CONSENT = _phrases("""
    before you continue | we value your privacy | we care about your privacy | your privacy | accept all |
    reject all | accept cookies | we and our partners | manage options | manage preferences | consent |
    continue with advertising | privacy choices | use of cookies | we use cookies | bevor sie fortfahren |
    bevor du fortfährst | ihre privatsphäre | deine privatsphäre | datenschutz-einstellungen |
    datenschutzeinstellungen | alle akzeptieren | alle ablehnen | alles akzeptieren | akzeptieren und weiter |
    einwilligung | zustimmen | mit werbung weiterlesen | unsere partner | avant de continuer | avant d’accéder |
    avant d'accéder | votre vie privée | tout accepter | tout refuser | accepter et continuer |
    continuer sans accepter | nos partenaires | consentement | utilisons des cookies | antes de continuar |
    tu privacidad | su privacidad | aceptar todo | rechazar todo | aceptar y continuar | aceptar todas |
    nuestros socios | consentimiento | usamos cookies | utilizamos cookies | sua privacidade | a sua privacidade |
    aceitar tudo | rejeitar tudo | aceitar e continuar | aceitar todos | nossos parceiros | os nossos parceiros |
    consentimento |
    прежде чем продолжить | ваша конфиденциальность | вашей конфиденциальности | принять все | принять всё |
    отклонить все | отклонить всё | наши партнёры | наши партнеры | согласие | файлы cookie | файлов cookie |
    계속하기 전에 | 개인정보 보호 | 개인 정보 보호 | 모두 동의 | 모두 수락 | 모두 허용 | 모두 거부 | 쿠키 사용 |
    쿠키를 사용 | 동의하고 계속 | 파트너 |
    继续之前 | 繼續之前 | 您的隐私 | 你的隐私 | 您的隱私 | 全部接受 | 接受全部 | 全部拒绝 | 拒绝全部 | 接受并继续 |
    使用 cookie | 合作伙伴 | 同意并继续 |
    続行する前に | プライバシー | すべて同意 | すべて受け入れる | すべて許可 | すべて拒否 | 同意して続ける |
    同意して続行 | cookie を使用 | cookieを使用 | クッキー | パートナー |
    قبل المتابعة | خصوصيتك | قبول الكل | رفض الكل | الموافقة والمتابعة | موافقة | شركاؤنا | شركائنا |
    ملفات تعريف الارتباط
""")

NOT_FOUND = _phrases("""
    page not found | page cannot be found | page can't be found | page can’t be found | can't find that page |
    can’t find that page | can't find the page | can’t find the page | could not find the page |
    couldn't find that page | couldn’t find that page | page you requested | page you are looking for |
    page you're looking for | page you’re looking for | page does not exist | page doesn't exist |
    page doesn’t exist | no longer available | not be found | article not found | 404 error | error 404 |
    404 not found | content not found | nothing found | nothing here | has been removed |
    story is not available | this page is gone | seite nicht gefunden | seite wurde nicht gefunden |
    seite konnte nicht gefunden | seite existiert nicht | seite gibt es nicht | nicht mehr verfügbar |
    nicht mehr vorhanden | artikel nicht gefunden | fehler 404 | 404-fehler | nicht auffindbar |
    nicht gefunden werden | page introuvable | page non trouvée | page n'existe pas | page n’existe pas |
    page n'existe plus | page n’existe plus | n'est plus disponible | n’est plus disponible | article introuvable |
    erreur 404 | contenu introuvable | page que vous cherchez | page que vous recherchez | page demandée |
    página no encontrada | no se ha encontrado la página | no encontramos la página |
    no hemos encontrado la página | la página no existe | página que busca | página que buscas |
    ya no está disponible | no está disponible | artículo no encontrado | página não encontrada |
    página não existe | não encontramos a página | não foi possível encontrar a página | página que procura |
    página que você procura | não está mais disponível | já não está disponível | artigo não encontrado |
    erro 404 |
    страница не найдена | страница не существует | страницы не существует | такой страницы нет | ошибка 404 |
    страница удалена | материал не найден | материал удалён | материал удален | больше не доступна |
    запрашиваемая страница | не найдено |
    페이지를 찾을 수 없 | 찾을 수 없는 페이지 | 존재하지 않는 페이지 | 페이지가 존재하지 | 삭제된 기사 |
    삭제된 페이지 | 기사를 찾을 수 없 | 요청하신 페이지 | 삭제되었거나 | 없는 페이지 |
    页面不存在 | 页面未找到 | 找不到页面 | 找不到该页面 | 無法找到 | 找不到頁面 | 頁面不存在 | 您访问的页面 |
    您要找的页面 | 已被删除 | 文章不存在 | 内容不存在 | 404错误 | 无法找到 |
    ページが見つかりません | ページは存在しません | ページは見つかりません | お探しのページ |
    記事が見つかりません | 削除された |
    掲載期間 |
    公開を終了 | 404エラー |
    الصفحة غير موجودة | لم يتم العثور على الصفحة | الصفحة المطلوبة | الصفحة التي تبحث | لم نعثر على | خطأ 404 |
    المقال غير موجود | لم تعد متاحة | لم يعد متاح | غير متوفرة
""")

PAYWALL = _phrases("""
    subscribe to read | subscribe to continue | to continue reading | continue reading with | to keep reading |
    to read the full | read the full article | read the full story | already a subscriber | already a member |
    for subscribers only | subscribers only | subscriber-only | subscriber exclusive | exclusive to subscribers |
    unlock this article | unlock the full | article is for subscribers | story is for subscribers |
    reserved for subscribers | free articles | your free trial | start your trial | remaining articles |
    premium article | rest of this article | rest of the article | um weiterzulesen | weiterlesen mit |
    jetzt weiterlesen | jetzt abonnieren und weiterlesen | nur für abonnenten | für abonnentinnen |
    bereits abonnent | schon abonnent | sie sind bereits abonnent | diesen artikel freischalten |
    artikel freischalten | exklusiv für abonnenten | testen sie | probemonat | plus-artikel |
    gesamten artikel lesen | ganzen artikel lesen | vollständigen artikel | pour lire la suite |
    la suite est réservée | lire la suite de l’article | réservé aux abonnés | réservée aux abonnés |
    abonnez-vous pour lire | déjà abonné | article réservé | il vous reste | débloquez cet article |
    pour continuer la lecture | poursuivre la lecture | poursuivre votre lecture | para seguir leyendo |
    sigue leyendo | para continuar leyendo | suscríbete para leer | suscríbete para seguir | suscríbase para |
    solo para suscriptores | exclusivo para suscriptores | ya eres suscriptor | ya soy suscriptor |
    ya es suscriptor | leer el artículo completo | desbloquea este artículo | para continuar lendo |
    continue lendo | para continuar a ler | assine para ler | assine para continuar | exclusivo para assinantes |
    só para assinantes | conteúdo exclusivo | já é assinante | já sou assinante | leia o artigo completo |
    artigo exclusivo | para ler o artigo completo |
    чтобы читать дальше | чтобы прочитать полностью | читать полностью | читайте дальше | только для подписчиков |
    доступно подписчикам | доступен подписчикам | доступна подписчикам | оформите подписку | уже подписаны |
    уже есть подписка | чтобы продолжить чтение | полная версия |
    전문을 보려면 | 전문을 읽으려면 | 계속 읽으려면 | 이어서 읽으려면 | 구독자 전용 | 구독 후 | 유료 기사 |
    유료 회원 | 구독하시면 | 이미 구독 | 이 기사는 구독 | 나머지 내용 | 프리미엄 기사 |
    订阅后 | 订阅以继续 | 订阅后可 | 继续阅读请 | 阅读全文请 | 付费阅读 | 仅限订阅 | 订阅用户专享 | 会员专享 |
    已是订阅 | 已订阅 | 解锁全文 | 剩余内容 | 訂閱後 | 付費閱讀 |
    続きを読むには | この続きは | 残り |
    有料会員限定 | 会員限定記事 | 有料記事 | 購読者限定 |
    購読すると | すでに購読 | すでに会員 | 全文を読む | 有料プラン | ログインして続きを |
    لمتابعة القراءة | لمواصلة القراءة | اشترك للقراءة | اشترك لقراءة | للمشتركين فقط | حصري للمشتركين |
    هل أنت مشترك | مشترك بالفعل | لقراءة المقال كاملا | لقراءة المقال كاملاً | بقية المقال | افتح المقال
""")

SCRIPTS = _phrases("""
    enable javascript | javascript is required | javascript is disabled | requires javascript |
    turn on javascript | need to enable javascript | without javascript | aktivieren sie javascript |
    javascript aktivieren | javascript ist deaktiviert | benötigt javascript | activer javascript |
    activez javascript | nécessite javascript | javascript est désactivé | active javascript | activa javascript |
    habilite javascript | habilita javascript | habilitar javascript | activar javascript | requiere javascript |
    ative o javascript | ativar o javascript | habilite o javascript | requer javascript |
    включите javascript | включить javascript | необходим javascript | требуется javascript | отключён javascript |
    отключен javascript |
    자바스크립트를 | javascript를 |
    启用javascript | 启用 javascript | 開啟 javascript | 启用脚本 |
    javascriptを有効 | javascript を有効 | javascriptが無効 |
    تفعيل javascript | تفعيل جافا | تمكين javascript | تمكين جافا | تشغيل جافا
""")

LOADING = _phrases("""
    loading | wird geladen | lädt | chargement | cargando | carregando | a carregar |
    загрузка |
    로딩 | 불러오는 중 |
    加载中 | 載入中 |
    読み込み中 | ロード中 |
    جار التحميل | جارٍ التحميل |
    please wait | connecting
""")

# Two things that say it together within one short line, language by language: each pair is (any of these, any of those).
Pairs = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


def _pairs(text: str) -> Pairs:
    lines = (line.split("&&") for line in text.strip().splitlines())
    return tuple((_phrases(one), _phrases(other)) for one, other in lines)


PAGE_IS_MISSING = _pairs("""
    page|article|story|content|item|post|address|document|link && find|not found|not exist|no longer|removed|deleted|unavailable|isn’t here|is gone|withdrawn|taken down|unpublished|nothing|no such|expired|moved
    seite|artikel|beitrag|inhalt|adresse|dokument|verweis && nicht gefunden|nicht finden|gibt es nicht|nicht mehr|existiert nicht|gelöscht|zurückgezogen|entfernt|nichts|abgelaufen|verschoben|umgezogen
    page|article|contenu|adresse|document|lien && introuvable|trouvé|n’existe|n'existe|plus disponible|supprimé|plus là|retiré|rien|n’est plus|n'est plus|expiré|déplacé
    página|artículo|contenido|nota|dirección|documento|enlace && encontr|no existe|ya no|eliminad|borrad|retirad|nada|caducad|movid|trasladad
    página|artigo|conteúdo|texto|endereço|documento|ligação && encontr|não existe|já não|não está mais|removid|apagad|retirou|retirad|nada|expir|movid
    страниц|материал|стать|адрес|документ|ссылк && найд|не найден|не нашли|нашлась|не существует|удал|больше не|больше нет|недоступ|отозва|снят|ничего|устарел|перенес|перемещ
    페이지|기사|글|주소|문서|링크 && 없습니다|없어|찾지 못|찾을 수|삭제|존재하지|내렸|내려|아무것도|만료|옮겨|이동
    页面|頁面|文章|网页|内容|地址|文件|链接 && 没有找到|找不到|不存在|未找到|删除|刪除|下线|下架|無法|无法找到|撤回|什么也没有|没有内容|失效|过期
    ページ|記事|住所|アドレス|文書|リンク && 見つか|見つけ|存在しま|削除|終了|なくなり|ありません|取り下げ|期限切れ|移動
    الصفحة|المقال|المحتوى|صفحة|العنوان|الوثيقة|الرابط && لم نجد|غير موجود|العثور|لم نعثر|لم يعد|لم تعد|حذف|غير متوفر|غير متاح|سحب|لا شيء|انتهت|نقل
""")
ACCESS_IS_REFUSED = _pairs("""
    access|you have been|you are|request|visit && blocked|denied|restricted|refused|suspicious|rejected
    zugang|zugriff|anfrage|sie wurden && gesperrt|blockiert|verweigert|abgelehnt
    accès|requête|visite && bloqué|refusé|interdit|suspendu
    acceso|solicitud|visita && bloquead|denegad|rechazad|restringid
    acesso|pedido|visita && bloquead|negad|recusad|restrit
    доступ|запрос && заблокирован|запрещ|отказан|отклон|огранич
    접속|접근|요청 && 차단|거부|제한
    访问|请求|訪問|存取 && 阻止|拒绝|拒絕|禁止|受限|限制
    アクセス|リクエスト|要求 && ブロック|拒否|制限|遮断
    دخول|الدخول|الوصول|وصول|طلب && حظر|رفض|منع|محظور|مرفوض
""")
LOGIN_IS_NEEDED = _pairs("""
    sign in|signed in|log in|logged in|login && to see|to view|to read|to continue|have to|must|need|required|please|only
    anmelden|angemeldet|einloggen|eingeloggt && um |müssen|bitte|nur|erforderlich|zuerst
    connect|identifi && pour|faut|devez|veuillez|seul|requis|d’abord|d'abord
    sesión|conect|identifi && para|hay que|debe|tiene que|solo|por favor|necesario
    sessão|login|conect|entrar && para|preciso|deve|tem de|só|por favor|necessário
    войти|войдите|вход|авториз && чтобы|нужно|необходимо|только|пожалуйста|требуется|сначала
    로그인 && 보려면|해야|필요|하세요|주세요|후|먼저
    登录|登入 && 需要|请|請|才能|后|後|先|查看
    ログイン|サインイン && 必要|ください|には|してから
    الدخول|دخول && لرؤية|يجب|عليك|يرجى|فقط|لقراءة|للمتابعة|أولا
    registered|account holders && only|must be
    registriert|angemeldete && nur
    inscrits|abonnés connectés && seul|réservé
    registrad|usuarios con cuenta && solo|únicamente|sólo
    registad|registrad|com conta && só|apenas|somente
    зарегистрирован && только|лишь
    등록|회원 && 만
    注册|註冊 && 只有|仅|才能
    登録 && だけ|のみ|限り
    المسجل|مسجل && إلا|فقط
""")
READING_COSTS = _pairs("""
    to read|reading|read on|read the|read every|read all|read more|the rest|full story|whole story && subscri|member|£|$|€|trial|free month|a week|a month|unlock|sign up
    weiterlesen|lesen|ganzen text && abo|€|probe|mitglied|freischalten|monat|woche
    lire|lecture|lisez && abonn|€|essai|par mois|par semaine|débloqu
    leyendo|leer|lea && suscri|€|prueba|al mes|a la semana|desbloque|socio
    lendo|ler|leia && assin|€|r$|grátis|por mês|por semana|desbloque
    читай|читать|дочита|прочит|чтени && участник|член|подпис|₽|рубл|проб|в неделю|в месяц
    읽|전문|나머지 && 구독|원으로|유료|회원|무료 체험|결제
    阅读|閱讀|全文|读完|余下 && 订阅|訂閱|会员|會員|付费|付費|元|试读
    読み|読む|続き|全文|残り && 購読|会員|有料|円|無料|登録
    القراءة|قراءة|اقرأ|لتقرأ|تتمة|بقية && عضو|اشتر|مشترك|جنيه|دولار|ريال|يورو|تجرب
""")
FOR_SUBSCRIBERS = _pairs("""
    story|article|report|text|content && for subscribers|for members|subscribers only|members only
    artikel|text|beitrag|inhalt && abonnent|mitglieder|im abo
    article|contenu|texte|enquête && abonnés
    artículo|contenido|texto|nota && suscriptor|socios
    artigo|conteúdo|texto && assinante
    материал|текст|стать && подписчик|по подписке
    기사|글|콘텐츠 && 구독자|유료|회원 전용
    文章|本文|内容 && 订阅用户|仅限|会员|訂閱
    記事|本文|コンテンツ && 会員|購読者|有料
    المقال|النص|المحتوى && للمشتركين|المشتركين
    the rest|remainder|everything else && members|subscribers
    der rest|das übrige|alles weitere && mitglieder|abonnent
    le reste|la suite && membres|abonnés
    el resto|lo demás && socios|suscriptor|miembros
    o resto|o restante && membros|assinante|sócios
    остальн|дальше && участник|подписчик
    나머지|이후 && 회원|구독자
    其余|剩下|剩余 && 会员|订阅|訂閱
    この先|続き|以降 && 会員|購読者
    الباقي|البقية|ما تبقى && للأعضاء|للمشتركين
""")
COOKIES = _phrases("""
    cookie | privacy | privatsphäre | datenschutz | vie privée | privacidad | privacidade | конфиденциальн | куки | partner |
    partenaires | socios | parceiros | партнёр | партнер | 쿠키 | 개인정보 | 파트너 | 隐私 | 隱私 | 合作伙伴 | クッキー |
    プライバシー | パートナー | الارتباط | خصوصي | شركاؤنا | وشركاؤنا | consent | einwilligung | tracking
""")
AGREE = _phrases("""
    agree | accept | got it | allow | zustimm | stimme zu | akzept | einverstanden | annehmen | erlauben | accepte | autoriser | d’accord |
    acept | de acuerdo | permitir | aceit | concordo | соглас | прин | разреш | 동의 | 수락 | 허용 | 同意 | 接受 | 允许 | 許可 | 許す |
    受け入れ | 承諾 | أوافق | قبول | موافق | اسمح
""")

# Servers and scripts that stand for a check, wherever in the page or its headers they are named.
CHALLENGE_HEADERS = {
    "cf-mitigated": "challenge",
    "x-amzn-waf-action": "",
    "x-datadome": "",
    "x-px-block": "",
}
CHALLENGE_MARKS = (
    "/cdn-cgi/challenge-platform/",
    "challenges.cloudflare.com",
    "captcha-delivery.com",
    "_incapsula_resource",
    "px-captcha",
    "awswaf.com",
    "token.awswaf",
    "geetest",
    "/.well-known/sgcaptcha",
    "hcaptcha.com",
    "recaptcha",
    "smartcaptcha",
    "captcha",
)
