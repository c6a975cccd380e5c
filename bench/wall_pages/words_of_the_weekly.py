"""What the pages of `weekly` say. Written after the rules, in yet other words; no rule follows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    headline: str
    prose: tuple[str, ...]
    menu: tuple[str, str]
    robot: str
    slow_down: str
    login: str
    password: tuple[str, str]
    consent: tuple[str, str, str]
    missing: str
    expired: str
    paid: str
    paid_button: str
    scripts: str
    support: str
    report: tuple[str, str]


WORDS = {
    "en": Words(
        "The last weaver of the valley hands over her loom",
        (
            "For {n} years she wove blankets in the house by the mill, and on Saturday she gave the loom to her neighbour's son.",
            "The wool comes from sheep that graze above the tree line, and the dyes from plants she gathers in June.",
            "He says that he will need {n} months before he dares to sell a first piece, and she agrees with him.",
        ),
        ("Magazine", "Recipes"),
        "One more step: prove that you're human.",
        "Too many requests from your network. Access is limited for the moment.",
        "Members area: please sign in first.",
        ("Sign in with your account", "Keep me signed in"),
        (
            "How we use your data",
            "With your consent, we and 87 partners store cookies and process personal data such as your visits to this site, to improve it and to show advertising. Refusing is as easy as agreeing.",
            "OK, agree",
        ),
        "The document could not be found on this server.",
        "This link has expired.",
        "To read the whole story, choose a subscription.",
        "View subscription plans",
        "JavaScript must be switched on to use this page.",
        "You can support this magazine with a donation.",
        (
            "Novelist writes a book that begins with “The document could not be found on this server”",
            "The hero, a man of few words, is asked on page {n} to “prove that you're human”, fails, and lives on in the archive of a magazine whose members area he cannot enter.",
        ),
    ),
    "de": Words(
        "Die letzte Weberin des Tals gibt ihren Webstuhl weiter",
        (
            "{n} Jahre lang webte sie Decken im Haus an der Mühle, und am Samstag übergab sie den Webstuhl dem Sohn der Nachbarin.",
            "Die Wolle stammt von Schafen, die oberhalb der Baumgrenze weiden, die Farben von Pflanzen, die sie im Juni sammelt.",
            "Er sagt, er werde {n} Monate brauchen, bevor er ein erstes Stück zu verkaufen wage, und sie stimmt ihm darin bei.",
        ),
        ("Magazin", "Rezepte"),
        "Noch ein Schritt: Weisen Sie nach, dass Sie ein Mensch sind.",
        "Zu viele Anfragen aus Ihrem Netz. Der Zugang ist vorübergehend eingeschränkt.",
        "Mitgliederbereich: Bitte zuerst anmelden.",
        ("Mit Ihrem Konto anmelden", "Angemeldet bleiben"),
        (
            "Wie wir Ihre Daten nutzen",
            "Mit Ihrer Einwilligung speichern wir und 87 Partner Cookies und verarbeiten personenbezogene Daten wie Ihre Besuche, um die Seite zu verbessern und Werbung zu zeigen. Ablehnen ist so leicht wie zustimmen.",
            "Einverstanden",
        ),
        "Das Dokument wurde auf diesem Server nicht gefunden.",
        "Dieser Link ist abgelaufen.",
        "Um den ganzen Text zu lesen, wählen Sie ein Abo.",
        "Abos ansehen",
        "Für diese Seite muss JavaScript eingeschaltet sein.",
        "Sie können dieses Magazin mit einer Spende fördern.",
        (
            "Roman beginnt mit „Das Dokument wurde auf diesem Server nicht gefunden“",
            "Der Held, ein wortkarger Mann, soll auf Seite {n} „nachweisen, dass er ein Mensch ist“, scheitert daran und lebt fort im Archiv eines Magazins, dessen Mitgliederbereich ihm verschlossen bleibt.",
        ),
    ),
    "fr": Words(
        "La dernière tisserande de la vallée transmet son métier",
        (
            "Pendant {n} ans elle a tissé des couvertures près du moulin, et samedi elle a remis le métier au fils de sa voisine.",
            "La laine vient de brebis qui paissent au-dessus des arbres, et les couleurs de plantes qu’elle cueille en juin.",
            "Il dit qu’il lui faudra {n} mois avant d’oser vendre une première pièce, et elle est du même avis.",
        ),
        ("Magazine", "Recettes"),
        "Encore une étape : prouvez que vous êtes humain.",
        "Trop de requêtes depuis votre réseau. L’accès est limité pour le moment.",
        "Espace membres : connectez-vous d’abord.",
        ("Se connecter avec son compte", "Rester connecté"),
        (
            "Comment nous utilisons vos données",
            "Avec votre consentement, nous et 87 partenaires déposons des cookies et traitons des données personnelles comme vos visites, pour améliorer le site et montrer de la publicité. Refuser est aussi simple qu’accepter.",
            "D’accord",
        ),
        "Le document est introuvable sur ce serveur.",
        "Ce lien a expiré.",
        "Pour lire tout l’article, choisissez un abonnement.",
        "Voir les formules",
        "JavaScript doit être activé pour utiliser cette page.",
        "Vous pouvez soutenir ce magazine par un don.",
        (
            "Un roman s’ouvre sur « Le document est introuvable sur ce serveur »",
            "Le héros, homme de peu de mots, est prié page {n} de « prouver qu’il est humain », échoue et survit dans les archives d’un magazine dont l’espace des membres lui reste fermé.",
        ),
    ),
    "es": Words(
        "La última tejedora del valle entrega su telar",
        (
            "Durante {n} años tejió mantas en la casa del molino, y el sábado entregó el telar al hijo de su vecina.",
            "La lana es de ovejas que pastan por encima de los árboles, y los tintes de plantas que recoge en junio.",
            "Él dice que necesitará {n} meses antes de atreverse a vender una primera pieza, y ella opina lo mismo.",
        ),
        ("Revista", "Recetas"),
        "Un paso más: compruebe que es humano.",
        "Demasiadas solicitudes desde su red. El acceso está restringido por ahora.",
        "Zona de socios: por favor, inicie sesión primero.",
        ("Entre con su cuenta", "Mantener la sesión"),
        (
            "Cómo usamos sus datos",
            "Con su consentimiento, nosotros y 87 socios guardamos cookies y tratamos datos personales como sus visitas, para mejorar el sitio y mostrar publicidad. Rechazar es tan fácil como aceptar.",
            "De acuerdo",
        ),
        "No se encuentra el documento en este servidor.",
        "Este enlace ha caducado.",
        "Para leer el texto entero, elija una suscripción.",
        "Ver suscripciones",
        "JavaScript debe estar activado para usar esta página.",
        "Puede apoyar esta revista con un donativo.",
        (
            "Una novela empieza con «No se encuentra el documento en este servidor»",
            "Al héroe, hombre de pocas palabras, le piden en la página {n} que «compruebe que es humano», fracasa y sigue vivo en el archivo de una revista cuya zona de socios no puede pisar.",
        ),
    ),
    "pt": Words(
        "A última tecelã do vale entrega o seu tear",
        (
            "Durante {n} anos teceu mantas na casa do moinho, e no sábado entregou o tear ao filho da vizinha.",
            "A lã vem de ovelhas que pastam acima das árvores, e as cores de plantas que ela apanha em junho.",
            "Ele diz que vai precisar de {n} meses antes de ousar vender uma primeira peça, e ela pensa o mesmo.",
        ),
        ("Revista", "Receitas"),
        "Mais um passo: prove que é humano.",
        "Demasiados pedidos da sua rede. O acesso está restrito por agora.",
        "Área de membros: por favor, inicie sessão primeiro.",
        ("Entre com a sua conta", "Manter a sessão"),
        (
            "Como usamos os seus dados",
            "Com o seu consentimento, nós e 87 parceiros guardamos cookies e tratamos dados pessoais como as suas visitas, para melhorar o site e mostrar publicidade. Recusar é tão fácil como aceitar.",
            "Concordo",
        ),
        "O documento não foi encontrado neste servidor.",
        "Esta ligação expirou.",
        "Para ler o texto inteiro, escolha uma assinatura.",
        "Ver assinaturas",
        "O JavaScript tem de estar ligado para usar esta página.",
        "Pode apoiar esta revista com um donativo.",
        (
            "Romance começa com «O documento não foi encontrado neste servidor»",
            "Ao herói, homem de poucas palavras, pedem na página {n} que «prove que é humano», ele falha e continua vivo no arquivo de uma revista cuja área de membros lhe está vedada.",
        ),
    ),
    "ru": Words(
        "Последняя ткачиха долины передаёт свой станок",
        (
            "{n} лет она ткала одеяла в доме у мельницы, а в субботу отдала станок сыну соседки.",
            "Шерсть берут у овец, что пасутся выше леса, а краски из трав, которые она собирает в июне.",
            "Он говорит, что пройдёт {n} месяцев, прежде чем он решится продать первую вещь, и она с ним согласна.",
        ),
        ("Журнал", "Рецепты"),
        "Ещё один шаг: докажите, что вы человек.",
        "Слишком много запросов из вашей сети. Доступ временно ограничен.",
        "Раздел для участников: сначала войдите.",
        ("Вход с учётной записью", "Запомнить меня"),
        (
            "Как мы используем ваши данные",
            "С вашего согласия мы и 87 партнёров храним файлы cookie и обрабатываем личные данные, такие как ваши посещения, чтобы улучшать сайт и показывать рекламу. Отказаться так же просто, как согласиться.",
            "Согласен",
        ),
        "Документ не найден на этом сервере.",
        "Срок действия ссылки истёк, ссылка устарела.",
        "Чтобы прочитать весь текст, выберите подписку.",
        "Виды подписки",
        "Для этой страницы JavaScript должен быть включён.",
        "Вы можете поддержать журнал пожертвованием.",
        (
            "Роман начинается словами «Документ не найден на этом сервере»",
            "Героя, человека немногословного, на странице {n} просят «доказать, что он человек», он не может и живёт дальше в архиве журнала, куда ему нет входа.",
        ),
    ),
    "ko": Words(
        "골짜기의 마지막 베 짜는 이, 베틀을 물려주다",
        (
            "그는 {n}년 동안 방앗간 옆집에서 담요를 짰고 토요일에 이웃의 아들에게 베틀을 넘겨주었다.",
            "양털은 숲보다 높은 곳에서 풀을 뜯는 양에게서 얻고 물감은 유월에 모은 풀에서 얻는다.",
            "그는 첫 작품을 팔 엄두를 내기까지 {n}달이 걸릴 것이라고 했고 그도 같은 생각이다.",
        ),
        ("잡지", "요리법"),
        "한 단계 더: 사람임을 증명해 주세요.",
        "사용하시는 망에서 요청이 너무 많습니다. 당분간 접근이 제한됩니다.",
        "회원 공간입니다. 먼저 로그인해 주세요.",
        ("계정으로 로그인", "로그인 상태 유지"),
        (
            "데이터를 이렇게 씁니다",
            "동의하시면 저희와 파트너 87곳이 쿠키를 저장하고 방문 기록 같은 개인정보를 처리하여 사이트를 낫게 하고 광고를 보여 드립니다. 거부도 동의만큼 쉽습니다.",
            "동의합니다",
        ),
        "이 서버에서 문서를 찾을 수 없습니다.",
        "링크가 만료되었습니다.",
        "전문을 읽으려면 구독 상품을 고르세요.",
        "구독 상품 보기",
        "이 페이지를 쓰려면 JavaScript를 켜야 합니다.",
        "후원금으로 이 잡지를 도울 수 있습니다.",
        (
            "‘이 서버에서 문서를 찾을 수 없습니다’로 시작하는 소설",
            "말수 적은 주인공은 {n}쪽에서 ‘사람임을 증명해 주세요’라는 말을 듣고 실패하여 들어갈 수 없는 회원 공간을 둔 잡지의 옛 기사 속에서 살아간다.",
        ),
    ),
    "zh": Words(
        "山谷里最后一位织工交出织机",
        (
            "她在磨坊旁的屋子里织了{n}年毯子，星期六把织机交给了邻居的儿子，没有举行什么仪式。",
            "羊毛来自在林线以上吃草的羊，染料来自她六月里采来的植物，颜色每年都有些不同。",
            "他说要过{n}个月才敢卖出第一件，她也这样想，还说急不得，手上的功夫要慢慢来。",
        ),
        ("杂志", "菜谱"),
        "还差一步：请证明您是真人。",
        "您的网络请求过多，访问暂时受到限制。",
        "会员专区：请先登录。",
        ("使用账号登录", "保持登录"),
        (
            "我们如何使用您的数据",
            "经您同意，我们和87家合作伙伴会保存 Cookie 并处理访问记录等个人数据，以改进网站并展示广告。拒绝和同意一样容易。",
            "同意",
        ),
        "在此服务器上找不到该文件。",
        "此链接已失效。",
        "要读全文，请选择订阅方案。",
        "查看订阅方案",
        "使用本页必须打开 JavaScript。",
        "您可以捐款支持本刊。",
        (
            "小说以“在此服务器上找不到该文件”开头",
            "主人公不爱说话，在第{n}页被要求“证明您是真人”，没有办到，从此活在一本杂志的旧刊里，而那本杂志的会员专区他永远进不去。",
        ),
    ),
    "ja": Words(
        "谷の最後の織り手、機を譲る",
        (
            "彼女は{n}年のあいだ水車小屋の隣で毛布を織り、土曜日に隣家の息子に機を渡した。",
            "羊毛は森より高い所で草を食む羊から、染料は六月に摘む草から取る。",
            "彼は最初の品を売る勇気が出るまで{n}か月かかると言い、彼女も同じ考えだ。",
        ),
        ("雑誌", "料理"),
        "あと一歩です。人間であることを証明してください。",
        "お使いのネットワークからの要求が多すぎます。アクセスは一時的に制限されています。",
        "会員ページです。まずログインしてください。",
        ("アカウントでログイン", "ログインしたままにする"),
        (
            "データの使い方",
            "ご同意があれば、当社と87のパートナーがクッキーを保存し、訪問などの個人データを処理して、サイトを改善し広告を表示します。拒否も同意と同じく簡単です。",
            "同意",
        ),
        "このサーバーに文書が見つかりません。",
        "このリンクは期限切れです。",
        "全文を読むには購読プランをお選びください。",
        "購読プランを見る",
        "このページを使うにはJavaScriptをオンにする必要があります。",
        "ご寄付でこの雑誌を支えられます。",
        (
            "「このサーバーに文書が見つかりません」で始まる小説",
            "口数の少ない主人公は{n}ページで「人間であることを証明してください」と求められて果たせず、入れない会員ページを持つ雑誌の古い号の中で生き続ける。",
        ),
    ),
    "ar": Words(
        "آخر نساجة في الوادي تسلم نولها",
        (
            "نسجت البطانيات {n} عاما في البيت قرب الطاحونة، ويوم السبت سلمت النول إلى ابن جارتها.",
            "يأتي الصوف من خراف ترعى فوق خط الأشجار، والأصباغ من نباتات تجمعها في يونيو.",
            "يقول إنه يحتاج إلى {n} شهرا قبل أن يجرؤ على بيع أول قطعة، وهي ترى رأيه.",
        ),
        ("المجلة", "وصفات"),
        "خطوة أخرى: أثبت أنك إنسان.",
        "طلبات كثيرة من شبكتك. الوصول مقيد في الوقت الحالي.",
        "منطقة الأعضاء: يرجى تسجيل الدخول أولا.",
        ("ادخل بحسابك", "ابق متصلا"),
        (
            "كيف نستخدم بياناتك",
            "بموافقتك نحفظ نحن و87 من الشركاء ملفات تعريف الارتباط ونعالج بيانات شخصية مثل زياراتك لتحسين الموقع وعرض الإعلانات. الرفض سهل كالقبول.",
            "أوافق",
        ),
        "لم يتم العثور على الوثيقة في هذا الخادم.",
        "انتهت صلاحية هذا الرابط.",
        "لقراءة النص كله اختر اشتراكا.",
        "انظر الاشتراكات",
        "يجب تشغيل JavaScript لاستخدام هذه الصفحة.",
        "يمكنك دعم هذه المجلة بتبرع.",
        (
            "رواية تبدأ بعبارة «لم يتم العثور على الوثيقة في هذا الخادم»",
            "البطل، وهو قليل الكلام، يطلب منه في الصفحة {n} أن «أثبت أنك إنسان» فيعجز، ويعيش في أرشيف مجلة لا يستطيع دخول منطقة أعضائها.",
        ),
    ),
}
