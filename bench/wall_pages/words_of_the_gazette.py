"""What the pages of `gazette` say, in other words than `newspaper` and `bay`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    headline: str
    prose: tuple[str, ...]
    sections: tuple[str, str, str]
    robot: tuple[str, str]
    refused: str
    member: tuple[str, str]
    account: tuple[str, str]
    consent: tuple[str, str, str]
    lost: str
    withdrawn: str
    paid: str
    paid_shortly: str
    scripts: str
    letter: str
    report: tuple[str, str]


WORDS = {
    "en": Words(
        "Council approves wider pavements in the old town",
        (
            "The council voted on Thursday evening to widen the pavements in four streets of the old town, at a cost of {n} thousand.",
            "Shopkeepers fear for the {n} parking spaces that are to go, and want deliveries to stay possible until noon.",
            "Works begin after the summer fair and should be over before the first frost, the head of the building office said.",
        ),
        ("News", "Notices", "Culture"),
        ("Our system thinks you might be a robot. Solve the puzzle to carry on.", "Human check"),
        "Your request looked suspicious and was rejected.",
        ("Only registered readers can open this document.", "Log in or create a free profile"),
        ("Welcome back! Enter your details.", "Username"),
        (
            "Cookies, with your permission",
            "We and selected third parties would use cookies and similar means for measurement and personal advertising. Without your permission only what is needed runs.",
            "Allow everything",
        ),
        "Oops! There is nothing at this address.",
        "The publisher has withdrawn this article.",
        "You have read all your free stories this month. Become a member to read on.",
        "The rest is for members.",
        "Sorry, this site does not work without JavaScript.",
        "More from the old town every Friday in our letter.",
        (
            "Court: “Become a member to read on” is an offer, not a threat",
            "A reader had sued because a banner told him to “solve the puzzle to carry on” and then to log in; the judges were not moved and set the costs at {n} pounds.",
        ),
    ),
    "de": Words(
        "Rat beschließt breitere Gehwege in der Altstadt",
        (
            "Der Rat hat am Donnerstagabend beschlossen, die Gehwege in vier Straßen der Altstadt für {n} Tausend zu verbreitern.",
            "Ladenbesitzer sorgen sich um die {n} Stellplätze, die wegfallen, und wollen bis mittags weiter beliefert werden.",
            "Gebaut wird nach dem Sommerfest, und vor dem ersten Frost soll alles fertig sein, sagte die Leiterin des Bauamts.",
        ),
        ("Nachrichten", "Amtliches", "Kultur"),
        (
            "Unser System hält Sie für einen Roboter. Lösen Sie das Rätsel, um fortzufahren.",
            "Prüfung: Mensch oder Maschine",
        ),
        "Ihre Anfrage kam uns verdächtig vor und wurde abgelehnt.",
        ("Dieses Dokument können nur registrierte Leser öffnen.", "Einloggen oder kostenlos ein Profil anlegen"),
        ("Schön, dass Sie wieder da sind! Geben Sie Ihre Daten ein.", "Benutzername"),
        (
            "Cookies, wenn Sie erlauben",
            "Wir und ausgewählte Dritte würden Cookies und Ähnliches für Messung und persönliche Werbung einsetzen. Ohne Ihre Erlaubnis läuft nur das Nötige.",
            "Alles erlauben",
        ),
        "Hoppla! Unter dieser Adresse gibt es nichts.",
        "Der Verlag hat diesen Artikel zurückgezogen.",
        "Sie haben alle freien Artikel dieses Monats gelesen. Werden Sie Mitglied, um weiterzulesen.",
        "Der Rest ist für Mitglieder.",
        "Leider funktioniert diese Seite ohne JavaScript nicht.",
        "Mehr aus der Altstadt jeden Freitag in unserem Brief.",
        (
            "Gericht: „Werden Sie Mitglied, um weiterzulesen“ ist ein Angebot, keine Drohung",
            "Ein Leser hatte geklagt, weil ein Banner ihn aufforderte, „das Rätsel zu lösen, um fortzufahren“, und dann, sich einzuloggen; die Richter blieben ungerührt und setzten die Kosten auf {n} Euro fest.",
        ),
    ),
    "fr": Words(
        "Le conseil élargit les trottoirs de la vieille ville",
        (
            "Le conseil a décidé jeudi soir d’élargir les trottoirs de quatre rues de la vieille ville, pour {n} mille euros.",
            "Les commerçants craignent pour les {n} places de parking supprimées et veulent être livrés jusqu’à midi.",
            "Les travaux commencent après la foire d’été et doivent finir avant les premières gelées, selon la chef du bâtiment.",
        ),
        ("Nouvelles", "Avis", "Culture"),
        ("Notre système vous prend pour un robot. Résolvez l’énigme pour continuer.", "Contrôle humain"),
        "Votre requête a paru suspecte et a été refusée.",
        ("Seuls les lecteurs inscrits peuvent ouvrir ce document.", "Connectez-vous ou créez un profil gratuit"),
        ("Heureux de vous revoir ! Entrez vos données.", "Nom d’utilisateur"),
        (
            "Des cookies, avec votre accord",
            "Nous et des tiers choisis emploierions des cookies et des moyens semblables pour la mesure et la publicité personnalisée. Sans votre accord, seul le nécessaire fonctionne.",
            "Tout autoriser",
        ),
        "Oups ! Il n’y a rien à cette adresse.",
        "L’éditeur a retiré cet article.",
        "Vous avez lu tous vos articles gratuits du mois. Devenez membre pour lire la suite.",
        "Le reste est pour les membres.",
        "Désolé, ce site ne fonctionne pas sans JavaScript.",
        "La vieille ville chaque vendredi dans notre lettre.",
        (
            "Tribunal : « Devenez membre pour lire la suite » est une offre, pas une menace",
            "Un lecteur avait porté plainte parce qu’un bandeau lui disait de « résoudre l’énigme pour continuer » puis de se connecter ; les juges n’ont pas été émus et ont fixé les frais à {n} euros.",
        ),
    ),
    "es": Words(
        "El pleno ensancha las aceras del casco antiguo",
        (
            "El pleno decidió el jueves por la tarde ensanchar las aceras de cuatro calles del casco antiguo por {n} mil euros.",
            "Los comerciantes temen por las {n} plazas de aparcamiento que se pierden y quieren recibir género hasta mediodía.",
            "Las obras empiezan tras la feria de verano y deben acabar antes de las heladas, dijo la jefa de urbanismo.",
        ),
        ("Noticias", "Avisos", "Cultura"),
        ("Nuestro sistema cree que usted puede ser un robot. Resuelva el acertijo para seguir.", "Control humano"),
        "Su solicitud pareció sospechosa y fue rechazada.",
        ("Solo los lectores registrados pueden abrir este documento.", "Identifíquese o cree un perfil gratuito"),
        ("¡Qué bien verle de nuevo! Escriba sus datos.", "Nombre de usuario"),
        (
            "Cookies, con su permiso",
            "Nosotros y terceros escogidos usaríamos cookies y medios parecidos para medir y para publicidad personal. Sin su permiso solo funciona lo necesario.",
            "Permitir todo",
        ),
        "¡Vaya! No hay nada en esta dirección.",
        "El editor ha retirado este artículo.",
        "Ha leído todos sus artículos gratis del mes. Hágase socio para leer más.",
        "El resto es para socios.",
        "Lo sentimos, este sitio no funciona sin JavaScript.",
        "El casco antiguo, cada viernes en nuestra carta.",
        (
            "El tribunal: «Hágase socio para leer más» es una oferta, no una amenaza",
            "Un lector había demandado porque un aviso le decía «resuelva el acertijo para seguir» y luego que se identificara; los jueces no se conmovieron y fijaron las costas en {n} euros.",
        ),
    ),
    "pt": Words(
        "Câmara alarga os passeios da cidade velha",
        (
            "A câmara decidiu na quinta-feira à noite alargar os passeios de quatro ruas da cidade velha por {n} mil euros.",
            "Os lojistas receiam pelos {n} lugares de estacionamento que se perdem e querem receber mercadoria até ao meio-dia.",
            "As obras começam depois da feira de verão e devem acabar antes da geada, disse a chefe das obras.",
        ),
        ("Notícias", "Avisos", "Cultura"),
        ("O nosso sistema acha que pode ser um robô. Resolva o enigma para prosseguir.", "Controlo humano"),
        "O seu pedido pareceu suspeito e foi recusado.",
        ("Só leitores registados podem abrir este documento.", "Identifique-se ou crie um perfil grátis"),
        ("Que bom voltar a vê-lo! Escreva os seus dados.", "Nome de utilizador"),
        (
            "Cookies, se permitir",
            "Nós e terceiros escolhidos usaríamos cookies e meios parecidos para medição e publicidade pessoal. Sem a sua permissão só funciona o necessário.",
            "Permitir tudo",
        ),
        "Ups! Não há nada neste endereço.",
        "O editor retirou este artigo.",
        "Já leu todos os artigos grátis do mês. Torne-se membro para ler mais.",
        "O resto é para membros.",
        "Lamentamos, este site não funciona sem JavaScript.",
        "A cidade velha, todas as sextas na nossa carta.",
        (
            "Tribunal: «Torne-se membro para ler mais» é uma oferta, não uma ameaça",
            "Um leitor tinha processado porque um aviso lhe dizia «resolva o enigma para prosseguir» e depois que se identificasse; os juízes não se comoveram e fixaram as custas em {n} euros.",
        ),
    ),
    "ru": Words(
        "Совет расширит тротуары в старом городе",
        (
            "Совет решил в четверг вечером расширить тротуары на четырёх улицах старого города за {n} тысяч.",
            "Владельцы лавок боятся за {n} мест для машин, которые исчезнут, и хотят получать товар до полудня.",
            "Работы начнутся после летней ярмарки и должны кончиться до первых морозов, сказала глава управления.",
        ),
        ("Новости", "Объявления", "Культура"),
        ("Система приняла вас за робота. Решите задачу, чтобы продолжить.", "Проверка на человека"),
        "Ваш запрос показался подозрительным и был отклонён.",
        ("Этот документ могут открыть только зарегистрированные читатели.", "Войдите или заведите бесплатный профиль"),
        ("Рады видеть вас снова! Введите данные.", "Имя пользователя"),
        (
            "Файлы cookie, если вы не против",
            "Мы и выбранные третьи стороны применяли бы файлы cookie и похожие средства для измерений и личной рекламы. Без вашего разрешения работает только нужное.",
            "Разрешить всё",
        ),
        "Ой! По этому адресу ничего нет.",
        "Издатель отозвал эту статью.",
        "Вы прочли все бесплатные статьи этого месяца. Станьте участником, чтобы читать.",
        "Остальное для участников.",
        "К сожалению, сайт не работает без JavaScript.",
        "Старый город каждую пятницу в нашем письме.",
        (
            "Суд: «Станьте участником, чтобы читать» — предложение, а не угроза",
            "Читатель подал иск, потому что баннер велел ему «решить задачу, чтобы продолжить», а потом войти; судей это не тронуло, и расходы составили {n} рублей.",
        ),
    ),
    "ko": Words(
        "의회, 옛 시가지 보도를 넓히기로",
        (
            "의회는 목요일 저녁 옛 시가지 네 거리의 보도를 {n}천만 원을 들여 넓히기로 의결했다고 밝혔다.",
            "상인들은 사라질 주차 자리 {n}곳을 걱정하며 정오까지는 물건을 받을 수 있기를 바란다.",
            "공사는 여름 장터가 끝난 뒤 시작해 첫서리가 내리기 전에 마칠 것이라고 건축과장은 말했다.",
        ),
        ("소식", "알림", "문화"),
        ("시스템이 방문자를 로봇으로 보고 있습니다. 계속하려면 문제를 푸세요.", "사람 확인"),
        "요청이 의심스러워 거부되었습니다.",
        ("등록한 독자만 이 문서를 열 수 있습니다.", "로그인하거나 무료 프로필 만들기"),
        ("다시 오셔서 반갑습니다! 정보를 넣어 주세요.", "아이디"),
        (
            "허락하신다면 쿠키를",
            "저희와 고른 제삼자는 측정과 맞춤 광고를 위해 쿠키와 비슷한 수단을 쓰고자 합니다. 허락하지 않으시면 꼭 필요한 것만 움직입니다.",
            "전부 허용",
        ),
        "이런! 이 주소에는 아무것도 없습니다.",
        "발행인이 이 기사를 내렸습니다.",
        "이달의 무료 기사를 모두 읽으셨습니다. 회원이 되어 더 읽으세요.",
        "나머지는 회원에게만 보입니다.",
        "죄송합니다. 이 사이트는 자바스크립트 없이는 움직이지 않습니다.",
        "금요일마다 옛 시가지 소식을 편지로.",
        (
            "법원 “회원이 되어 더 읽으세요”는 위협 아닌 제안",
            "한 독자가 “계속하려면 문제를 푸세요”라는 말과 로그인하라는 말을 들었다며 소송을 냈으나 판사들은 흔들리지 않고 비용을 {n}만 원으로 정했다.",
        ),
    ),
    "zh": Words(
        "议会通过拓宽老城人行道",
        (
            "议会星期四晚上决定拓宽老城四条街的人行道，费用为{n}万元，表决时有三人弃权。",
            "店主担心将要消失的{n}个停车位，希望中午以前仍能送货，否则生意会受影响。",
            "工程在夏季集市之后开始，应当在初霜之前完工，建设局局长说，届时会分段封路。",
        ),
        ("新闻", "公告", "文化"),
        ("系统认为您可能是机器人。请完成拼图后继续。", "真人校验"),
        "您的请求看起来可疑，已被拒绝。",
        ("只有注册读者才能打开这份文件。", "登录或免费建立个人页"),
        ("欢迎回来！请输入资料。", "用户名"),
        (
            "在您允许时使用 Cookie",
            "我们和选定的第三方想用 Cookie 及类似手段做统计和个性化广告。没有您的允许，只运行必需的部分。",
            "全部允许",
        ),
        "哎呀！这个地址什么也没有。",
        "出版方撤回了这篇文章。",
        "本月的免费文章您已读完。成为会员即可读下去。",
        "其余部分供会员阅读。",
        "很抱歉，没有 JavaScript 本站无法运行。",
        "每星期五的来信里有更多老城消息。",
        (
            "法院：“成为会员即可读下去”是邀请，不是威胁",
            "一位读者因为横幅先叫他“请完成拼图后继续”再叫他登录而起诉，法官不为所动，判定费用{n}元，由他自己承担。",
        ),
    ),
    "ja": Words(
        "議会、旧市街の歩道拡幅を可決",
        (
            "議会は木曜の夜、旧市街の四つの通りの歩道を{n}百万円かけて広げることを決めた。",
            "商店主は失われる{n}台分の駐車場所を案じ、正午までは荷を受け取れるよう求めている。",
            "工事は夏の市の後に始まり、初霜の前に終わるはずだと建築課の課長は述べた。",
        ),
        ("ニュース", "お知らせ", "文化"),
        ("システムはあなたをロボットと判断しました。続けるにはパズルを解いてください。", "人間の確認"),
        "ご要求は不審とみなされ、拒否されました。",
        ("この文書は登録した読者だけが開けます。", "ログインするか無料で登録"),
        ("おかえりなさい。情報を入力してください。", "ユーザー名"),
        (
            "クッキーをお許しいただけるなら",
            "当社と選ばれた第三者は、計測と個別の広告のためにクッキーなどを使いたいと考えています。お許しがなければ必要なものだけが動きます。",
            "すべて許す",
        ),
        "おっと。この住所には何もありません。",
        "発行者はこの記事を取り下げました。",
        "今月の無料記事をすべてお読みになりました。会員になると先が読めます。",
        "この先は会員の方のみ。",
        "申し訳ありません。JavaScriptなしではこのサイトは動きません。",
        "毎週金曜、旧市街の話題をお便りで。",
        (
            "裁判所「会員になると先が読めます」は脅しでなく提案",
            "ある読者は「続けるにはパズルを解いてください」と言われ、次にログインせよと言われたとして訴えたが、裁判官は動じず、費用を{n}万円とした。",
        ),
    ),
    "ar": Words(
        "المجلس يقر توسيع أرصفة المدينة القديمة",
        (
            "قرر المجلس مساء الخميس توسيع الأرصفة في أربعة شوارع من المدينة القديمة بكلفة {n} ألفا.",
            "يخشى أصحاب المتاجر على {n} موقفا للسيارات ستزول، ويريدون تسلم البضائع حتى الظهر.",
            "تبدأ الأعمال بعد سوق الصيف وينبغي أن تنتهي قبل أول صقيع، كما قالت رئيسة مكتب البناء.",
        ),
        ("أخبار", "إعلانات", "ثقافة"),
        ("يظن نظامنا أنك روبوت. حل اللغز للمتابعة.", "فحص البشر"),
        "بدا طلبك مريبا فتم رفضه.",
        ("لا يفتح هذه الوثيقة إلا القراء المسجلون.", "سجل الدخول أو أنشئ ملفا مجانيا"),
        ("أهلا بعودتك! أدخل بياناتك.", "اسم المستخدم"),
        (
            "ملفات الارتباط، إن سمحت",
            "نود نحن وأطراف مختارة استخدام ملفات الارتباط وما يشبهها للقياس والإعلان الشخصي. من غير إذنك لا يعمل إلا الضروري.",
            "اسمح بالكل",
        ),
        "عفوا! لا شيء في هذا العنوان.",
        "سحب الناشر هذا المقال.",
        "قرأت كل مقالاتك المجانية لهذا الشهر. كن عضوا لتقرأ المزيد.",
        "الباقي للأعضاء.",
        "نأسف، لا يعمل هذا الموقع من دون JavaScript.",
        "المدينة القديمة كل جمعة في رسالتنا.",
        (
            "المحكمة: «كن عضوا لتقرأ المزيد» عرض لا تهديد",
            "رفع قارئ دعوى لأن لافتة قالت له «حل اللغز للمتابعة» ثم أن يسجل دخوله، فلم يتأثر القضاة وحددوا الرسوم بمبلغ {n}.",
        ),
    ),
}
