"""What the pages of `bay` say: another story and other wordings than those of `newspaper`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    headline: str
    prose: tuple[str, ...]
    links: tuple[str, str, str, str]
    #: a whole sentence or two, and the button
    bot: tuple[str, str]
    bot_blocked: str
    #: what is said, the button, to register
    login: tuple[str, str, str]
    #: heading, sentences, agree, settings
    consent: tuple[str, str, str, str]
    missing: tuple[str, str]
    missing_softly: str
    #: heading, sentence, button
    paywall: tuple[str, str, str]
    paywall_line: str
    scripts: str
    waiting: str
    supporters: str
    account: str
    #: headline and sentence of a report about such walls
    about: tuple[str, str]


WORDS = {
    "en": Words(
        "Ferry across the bay runs at night again",
        (
            "After a winter without boats the ferry crosses the bay at night again, and the first crossing carried {n} people and a dog.",
            "The harbour master, who has held the post since 1998, said the engine had been rebuilt by hand over several months.",
            "Tickets cost as much as before, though children under ten now travel free of charge on weekdays.",
            "Fishermen had asked for the boat because the road round the bay takes {n} minutes and floods in spring.",
        ),
        ("Local", "Sport", "Letters", "Archive"),
        ("Please show that you are a person and not a program. Tick the box to go on to the site.", "I'm not a robot"),
        "Sorry, you have been blocked. You are unable to access this site.",
        ("You have to be signed in to see this page.", "Sign in", "No account yet? Register"),
        (
            "Your choices about cookies",
            "This paper and 212 companies that work with it would like to use cookies to keep the site running, to pick advertisements for you and to count visits. Say yes to all of it or choose for yourself.",
            "I agree",
            "Settings",
        ),
        ("Sorry, we couldn’t find that page", "Try the search, or go back to the start."),
        "This item is no longer available on our site.",
        (
            "Keep reading for £1 a week",
            "Support local reporting and get every story, on every device.",
            "See the offers",
        ),
        "This story is for subscribers.",
        "Please turn on JavaScript in your browser to see this page.",
        "Loading…",
        "Our reporting is paid for by readers. If you liked this, think about a subscription.",
        "Sign in",
        (
            "The long decline of the error page",
            "He collects them: a poster that says “sorry, we couldn’t find that page” hangs over his desk, beside another on which a robot is asked to show that it is a person, {n} times over.",
        ),
    ),
    "de": Words(
        "Die Fähre über die Bucht fährt wieder nachts",
        (
            "Nach einem Winter ohne Boote fährt die Fähre wieder bei Nacht über die Bucht, und bei der ersten Überfahrt waren {n} Menschen und ein Hund an Bord.",
            "Der Hafenmeister, seit 1998 im Amt, sagte, die Maschine sei über Monate von Hand überholt worden.",
            "Die Karten kosten so viel wie zuvor, doch Kinder unter zehn Jahren fahren werktags jetzt umsonst mit.",
            "Die Fischer hatten um das Boot gebeten, weil die Straße um die Bucht {n} Minuten kostet und im Frühjahr überflutet ist.",
        ),
        ("Lokales", "Sport", "Leserbriefe", "Archiv"),
        (
            "Zeigen Sie uns, dass Sie ein Mensch sind und kein Programm. Setzen Sie das Häkchen, um zur Seite zu kommen.",
            "Ich bin kein Roboter",
        ),
        "Ihr Zugang wurde gesperrt. Der Zugriff auf diese Seite ist nicht möglich.",
        ("Um diese Seite zu sehen, müssen Sie angemeldet sein.", "Anmelden", "Noch kein Konto? Registrieren"),
        (
            "Ihre Entscheidung zu Cookies",
            "Diese Zeitung und 212 Firmen, mit denen sie arbeitet, möchten Cookies einsetzen, um die Seite zu betreiben, Anzeigen auszuwählen und Besuche zu zählen. Stimmen Sie allem zu oder wählen Sie selbst.",
            "Ich stimme zu",
            "Einstellungen",
        ),
        (
            "Diese Seite haben wir leider nicht gefunden",
            "Versuchen Sie es mit der Suche oder gehen Sie zurück zum Anfang.",
        ),
        "Dieser Beitrag ist nicht mehr verfügbar.",
        (
            "Für 1 € in der Woche weiterlesen",
            "Unterstützen Sie Journalismus vor Ort und lesen Sie alles, auf jedem Gerät.",
            "Zu den Angeboten",
        ),
        "Dieser Text ist für Abonnentinnen und Abonnenten.",
        "Schalten Sie JavaScript in Ihrem Browser ein, um diese Seite zu sehen.",
        "Inhalt wird geladen …",
        "Unsere Arbeit wird von Leserinnen und Lesern bezahlt. Hat Ihnen das gefallen, denken Sie über ein Abonnement nach.",
        "Anmelden",
        (
            "Vom langen Niedergang der Fehlerseite",
            "Er sammelt sie: Über seinem Tisch hängt ein Plakat mit den Worten „diese Seite haben wir leider nicht gefunden“, daneben eines, auf dem ein Roboter {n}-mal zeigen soll, dass er ein Mensch ist.",
        ),
    ),
    "fr": Words(
        "Le bac de la baie navigue de nouveau la nuit",
        (
            "Après un hiver sans bateaux, le bac traverse de nouveau la baie la nuit, et la première traversée a porté {n} personnes et un chien.",
            "Le maître de port, en poste depuis 1998, raconte que la machine a été refaite à la main durant des mois.",
            "Les billets coûtent autant qu’avant, mais les enfants de moins de dix ans voyagent désormais sans payer en semaine.",
            "Les pêcheurs réclamaient ce bateau parce que la route qui contourne la baie prend {n} minutes et s’inonde au printemps.",
        ),
        ("Région", "Sports", "Courrier", "Archives"),
        (
            "Montrez-nous que vous êtes une personne et non un programme. Cochez la case pour accéder au site.",
            "Je ne suis pas un robot",
        ),
        "Votre accès a été bloqué. Il n’est pas possible de consulter ce site.",
        ("Il faut être connecté pour voir cette page.", "Se connecter", "Pas encore de compte ? S’inscrire"),
        (
            "Vos choix en matière de cookies",
            "Ce journal et 212 entreprises qui travaillent avec lui souhaitent employer des cookies pour faire marcher le site, choisir des annonces et compter les visites. Acceptez le tout ou choisissez vous-même.",
            "J’accepte",
            "Réglages",
        ),
        ("Nous n’avons pas trouvé cette page", "Essayez la recherche ou revenez au début."),
        "Ce contenu n’est plus disponible.",
        (
            "Poursuivez votre lecture pour 1 € par semaine",
            "Soutenez l’information locale et lisez tout, sur tous vos écrans.",
            "Voir les offres",
        ),
        "Cet article est réservé aux abonnés.",
        "Pour voir cette page, autorisez JavaScript dans votre navigateur.",
        "Chargement en cours…",
        "Notre travail est payé par les lecteurs. Si ce texte vous a plu, songez à un abonnement.",
        "Se connecter",
        (
            "Le long déclin de la page d’erreur",
            "Il les collectionne : au-dessus de sa table pend une affiche qui dit « nous n’avons pas trouvé cette page », à côté d’une autre où un robot doit montrer {n} fois qu’il est une personne.",
        ),
    ),
    "es": Words(
        "El transbordador vuelve a cruzar la bahía de noche",
        (
            "Tras un invierno sin barcos, el transbordador vuelve a cruzar la bahía de noche, y en el primer viaje iban {n} personas y un perro.",
            "El capitán de puerto, en el cargo desde 1998, contó que el motor se rehízo a mano durante meses.",
            "Los billetes cuestan lo mismo, pero los menores de diez años viajan ahora gratis entre semana.",
            "Los pescadores pedían el barco porque la carretera que rodea la bahía lleva {n} minutos y se inunda en primavera.",
        ),
        ("Local", "Deportes", "Cartas", "Archivo"),
        (
            "Demuestre que es una persona y no un programa. Marque la casilla para entrar en el sitio.",
            "No soy un robot",
        ),
        "Su acceso ha sido bloqueado. No es posible entrar en este sitio.",
        ("Hay que iniciar sesión para ver esta página.", "Entrar", "¿Aún sin cuenta? Regístrese"),
        (
            "Sus decisiones sobre las cookies",
            "Este diario y 212 empresas que trabajan con él desean usar cookies para que el sitio funcione, elegir anuncios y contar visitas. Acéptelo todo o elija usted.",
            "Acepto",
            "Ajustes",
        ),
        ("No hemos podido encontrar esa página", "Pruebe con el buscador o vuelva al principio."),
        "Este contenido ya no está disponible.",
        (
            "Siga leyendo por 1 € a la semana",
            "Apoye la información local y léalo todo, en cualquier aparato.",
            "Ver las ofertas",
        ),
        "Este artículo es solo para suscriptores.",
        "Para ver esta página, habilite JavaScript en su navegador.",
        "Cargando…",
        "Nuestro trabajo lo pagan los lectores. Si le ha gustado, piense en una suscripción.",
        "Entrar",
        (
            "El largo ocaso de la página de error",
            "Las colecciona: sobre su mesa cuelga un cartel que dice «no hemos podido encontrar esa página», junto a otro en el que un robot debe demostrar {n} veces que es una persona.",
        ),
    ),
    "pt": Words(
        "A balsa volta a atravessar a baía à noite",
        (
            "Depois de um inverno sem barcos, a balsa volta a atravessar a baía à noite, e na primeira viagem iam {n} pessoas e um cão.",
            "O capitão do porto, no cargo desde 1998, contou que o motor foi refeito à mão durante meses.",
            "Os bilhetes custam o mesmo, mas as crianças com menos de dez anos viajam agora de graça nos dias úteis.",
            "Os pescadores pediam o barco porque a estrada à volta da baía leva {n} minutos e alaga na primavera.",
        ),
        ("Local", "Esporte", "Cartas", "Arquivo"),
        ("Mostre que é uma pessoa e não um programa. Marque a caixa para entrar no site.", "Não sou um robô"),
        "O seu acesso foi bloqueado. Não é possível entrar neste site.",
        ("É preciso iniciar sessão para ver esta página.", "Entrar", "Ainda sem conta? Registe-se"),
        (
            "As suas escolhas sobre cookies",
            "Este jornal e 212 empresas que trabalham com ele querem usar cookies para manter o site, escolher anúncios e contar visitas. Aceite tudo ou escolha por si.",
            "Aceito",
            "Definições",
        ),
        ("Não conseguimos encontrar essa página", "Experimente a busca ou volte ao início."),
        "Este conteúdo já não está disponível.",
        (
            "Continue lendo por 1 € por semana",
            "Apoie o jornalismo local e leia tudo, em qualquer aparelho.",
            "Ver as ofertas",
        ),
        "Este texto é exclusivo para assinantes.",
        "Para ver esta página, ligue o JavaScript no navegador.",
        "A carregar…",
        "O nosso trabalho é pago pelos leitores. Se gostou, pense numa assinatura.",
        "Entrar",
        (
            "O longo ocaso da página de erro",
            "Ele coleciona-as: sobre a mesa pende um cartaz que diz «não conseguimos encontrar essa página», ao lado de outro em que um robô tem de mostrar {n} vezes que é uma pessoa.",
        ),
    ),
    "ru": Words(
        "Паром через залив снова ходит ночью",
        (
            "После зимы без лодок паром снова пересекает залив ночью, и первым рейсом плыли {n} человек и собака.",
            "Капитан порта, который служит с 1998 года, рассказал, что двигатель месяцами перебирали вручную.",
            "Билеты стоят столько же, но дети до десяти лет по будням теперь ездят бесплатно.",
            "Рыбаки просили вернуть паром, потому что дорога вокруг залива занимает {n} минут и весной её затапливает.",
        ),
        ("Город", "Спорт", "Письма", "Архив"),
        ("Покажите, что вы человек, а не программа. Поставьте галочку, чтобы перейти на сайт.", "Я не робот"),
        "Ваш доступ заблокирован. Открыть этот сайт нельзя.",
        ("Чтобы увидеть эту страницу, нужно войти.", "Войти", "Ещё нет учётной записи? Зарегистрируйтесь"),
        (
            "Ваш выбор о файлах cookie",
            "Эта газета и 212 компаний, с которыми она работает, хотят использовать файлы cookie, чтобы сайт работал, чтобы подбирать рекламу и считать посещения. Согласитесь на всё или выберите сами.",
            "Согласен",
            "Настройки",
        ),
        ("Мы не нашли такую страницу", "Попробуйте поиск или вернитесь в начало."),
        "Этот материал больше не доступен.",
        (
            "Читайте дальше за 60 рублей в неделю",
            "Поддержите местную прессу и читайте всё на любом устройстве.",
            "Посмотреть предложения",
        ),
        "Этот текст только для подписчиков.",
        "Чтобы увидеть страницу, включите JavaScript в браузере.",
        "Загрузка…",
        "Нашу работу оплачивают читатели. Если понравилось, подумайте о подписке.",
        "Войти",
        (
            "Долгий закат страницы с ошибкой",
            "Он их собирает: над столом висит плакат со словами «мы не нашли такую страницу», рядом другой, где робот {n} раз должен показать, что он человек.",
        ),
    ),
    "ko": Words(
        "만을 건너는 배, 다시 밤에도 다닌다",
        (
            "배가 없던 겨울이 지나고 나룻배가 다시 밤에 만을 건너며 첫 배에는 {n}명과 개 한 마리가 탔다.",
            "1998년부터 일해 온 항만장은 기관을 여러 달에 걸쳐 손으로 고쳤다고 말했다.",
            "표값은 전과 같지만 열 살 아래 어린이는 이제 평일에 돈을 내지 않고 탄다.",
            "어부들은 만을 도는 길이 {n}분 걸리고 봄이면 물에 잠기기 때문에 배를 바랐다.",
        ),
        ("지역", "스포츠", "독자 편지", "지난 기사"),
        ("프로그램이 아니라 사람임을 보여 주세요. 네모에 표시하면 사이트로 갑니다.", "로봇이 아닙니다"),
        "접속이 차단되었습니다. 이 사이트에 들어갈 수 없습니다.",
        ("이 페이지를 보려면 로그인해야 합니다.", "로그인", "아직 계정이 없으신가요? 회원가입"),
        (
            "쿠키에 대한 선택",
            "이 신문과 함께 일하는 212개 회사는 사이트를 돌리고 광고를 고르고 방문을 세기 위해 쿠키를 쓰려고 합니다. 모두 받아들이거나 직접 고르세요.",
            "동의합니다",
            "설정",
        ),
        ("찾으시는 페이지가 없습니다", "검색해 보시거나 처음으로 돌아가세요."),
        "삭제된 기사입니다.",
        ("주 천 원으로 이어서 읽기", "지역 언론을 돕고 모든 기기에서 모든 기사를 읽으세요.", "상품 보기"),
        "구독자 전용 기사입니다.",
        "이 페이지를 보려면 브라우저에서 자바스크립트를 켜세요.",
        "불러오는 중…",
        "저희 일은 독자가 뒷받침합니다. 마음에 드셨다면 구독을 생각해 주세요.",
        "로그인",
        (
            "오류 페이지의 긴 쇠락",
            "그는 그것을 모은다. 책상 위에는 ‘찾으시는 페이지가 없습니다’라고 적힌 벽보가 걸려 있고 옆에는 로봇이 {n}번이나 사람임을 보여야 하는 벽보가 있다.",
        ),
    ),
    "zh": Words(
        "海湾渡船恢复夜航",
        (
            "在一个没有船的冬天之后，渡船又在夜里驶过海湾，第一趟船上有{n}个人和一条狗，码头上站满了送行的人。",
            "自1998年起任职的港务长说，发动机是花了好几个月用手工重新修好的，零件都是本地打的。",
            "票价和从前一样，不过十岁以下的孩子如今在工作日乘船不用付钱，老人仍旧半价。",
            "渔民一直要求恢复渡船，因为绕海湾的公路要走{n}分钟，春天还会被水淹没，车子过不去。",
        ),
        ("本地", "体育", "来信", "旧闻"),
        ("请证明您是人而不是程序。勾选方框即可进入本站。", "我不是机器人"),
        "您的访问已被阻止，无法进入本站。",
        ("您需要登录才能查看此页面。", "登录", "还没有账号？注册"),
        (
            "您对 Cookie 的选择",
            "本报和与之合作的212家公司希望使用 Cookie，使网站正常运行、挑选广告并统计访问。您可以全部同意，也可以自己选择。",
            "我同意",
            "设置",
        ),
        ("抱歉，没有找到这个页面", "请试试搜索，或者回到开头。"),
        "该文章已被删除。",
        ("每周七元继续阅读", "支持本地新闻，在任何设备上阅读所有文章。", "查看套餐"),
        "本文仅限订阅用户阅读。",
        "请在浏览器中开启 JavaScript 以查看本页。",
        "加载中…",
        "我们的工作由读者支持。如果您喜欢这篇文章，请考虑订阅。",
        "登录",
        (
            "错误页面的漫长衰落",
            "他收集这些东西：书桌上方挂着一张海报，写着“抱歉，没有找到这个页面”，旁边那张上面，一个机器人要{n}次证明自己是人，他说这比油画好看。",
        ),
    ),
    "ja": Words(
        "湾の渡し船、夜の運航を再開",
        (
            "船のない冬が明けて渡し船が再び夜の湾を渡り、最初の便には{n}人と犬一匹が乗った。",
            "1998年から務める港長は、機関は何か月もかけて手作業で直されたと話した。",
            "運賃は以前と同じだが、十歳未満の子どもは平日なら無料で乗れるようになった。",
            "湾を回る道は{n}分かかり、春には水につかるため、漁師たちは船を求めていた。",
        ),
        ("地域", "スポーツ", "投書", "過去の記事"),
        (
            "プログラムではなく人間であることを示してください。四角に印を付けるとサイトに進めます。",
            "私はロボットではありません",
        ),
        "アクセスがブロックされました。このサイトに入ることはできません。",
        ("このページを見るにはログインする必要があります。", "ログイン", "アカウントをお持ちでない方は登録"),
        (
            "クッキーについての選択",
            "本紙と協力する212社は、サイトを動かし、広告を選び、訪問を数えるためにクッキーを使いたいと考えています。すべてに同意するか、ご自分でお選びください。",
            "同意します",
            "設定",
        ),
        ("そのページは見つけられませんでした", "検索するか、最初に戻ってください。"),
        "この記事は公開を終了しました。",
        ("週百円で読み続ける", "地域の報道を支え、どの端末でもすべての記事をお読みください。", "プランを見る"),
        "この記事は有料会員限定です。",
        "このページを見るには、ブラウザでJavaScriptを有効にしてください。",
        "読み込み中…",
        "私たちの仕事は読者に支えられています。お気に召したら購読をご検討ください。",
        "ログイン",
        (
            "エラーページの長い衰退",
            "彼はそれを集めている。机の上には「そのページは見つけられませんでした」と書かれたポスターが掛かり、隣ではロボットが{n}回も人間であることを示さなければならない。",
        ),
    ),
    "ar": Words(
        "عبارة الخليج تعود إلى الإبحار ليلا",
        (
            "بعد شتاء بلا قوارب عادت العبارة إلى اجتياز الخليج ليلا، وكان على متن الرحلة الأولى {n} شخصا وكلب.",
            "قال ربان الميناء، وهو في منصبه منذ عام 1998، إن المحرك أعيد بناؤه يدويا على مدى أشهر.",
            "ثمن التذاكر كما كان، لكن الأطفال دون العاشرة يسافرون الآن مجانا في أيام العمل.",
            "طالب الصيادون بالقارب لأن الطريق حول الخليج يستغرق {n} دقيقة وتغمره المياه في الربيع.",
        ),
        ("محليات", "رياضة", "رسائل", "أرشيف"),
        ("أثبت أنك شخص ولست برنامجا. ضع علامة في المربع للدخول إلى الموقع.", "أنا لست روبوتا"),
        "تم حظر دخولك. لا يمكن فتح هذا الموقع.",
        ("عليك تسجيل الدخول لرؤية هذه الصفحة.", "دخول", "ليس لديك حساب؟ سجل الآن"),
        (
            "اختياراتك بشأن ملفات الارتباط",
            "تريد هذه الصحيفة و212 شركة تعمل معها استخدام ملفات الارتباط لتشغيل الموقع واختيار الإعلانات وعد الزيارات. وافق على الكل أو اختر بنفسك.",
            "أوافق",
            "الإعدادات",
        ),
        ("عذرا، لم نجد هذه الصفحة", "جرب البحث أو عد إلى البداية."),
        "لم يعد هذا المحتوى متاحا.",
        ("واصل القراءة مقابل عشرة جنيهات في الأسبوع", "ادعم الصحافة المحلية واقرأ كل شيء على أي جهاز.", "انظر العروض"),
        "هذا المقال للمشتركين فقط.",
        "لرؤية هذه الصفحة شغل JavaScript في متصفحك.",
        "جار التحميل…",
        "عملنا يدفع ثمنه القراء. إن أعجبك هذا ففكر في الاشتراك.",
        "دخول",
        (
            "الأفول الطويل لصفحة الخطأ",
            "إنه يجمعها: فوق مكتبه ملصق يقول «عذرا، لم نجد هذه الصفحة»، وبجانبه آخر على روبوت فيه أن يثبت {n} مرة أنه شخص.",
        ),
    ),
}
