"""What the pages of `newspaper` say, language by language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    headline: str
    prose: tuple[str, ...]
    menu: tuple[str, str, str]
    #: title, what is asked, small print
    bot: tuple[str, str, str]
    #: title, name, password, forgotten
    login: tuple[str, str, str, str]
    #: title, at length, accept, reject
    consent: tuple[str, str, str, str]
    missing: tuple[str, str]
    #: what is asked, button, for subscribers
    paywall: tuple[str, str, str]
    scripts: str
    newsletter: str
    cookies: tuple[str, str]
    comment: str
    #: of an article about such walls: headline, and a sentence with their words in it
    about: tuple[str, str]


WORDS = {
    "en": Words(
        "Licences for seven metals stay in force",
        (
            "The ministry kept its rule for seven metals after two days of talks, officials said on Monday in the capital.",
            "Traders who had bought {n} tonnes in advance now wait for papers that, by their account, never arrive in time.",
            "A spokeswoman said that forms are read in the order in which they come and that nobody is treated worse.",
            "Shipments fell by {n} per cent in May, and the customs office expects no change before the autumn.",
            "In the north, where most of the mines are, the news was received with some relief and little surprise.",
        ),
        ("Home", "Politics", "Weather"),
        (
            "Just a moment...",
            "Verify you are human by completing the action below.",
            "This site needs to review the security of your connection before proceeding.",
        ),
        ("Please log in", "E-mail address", "Password", "Forgot your password?"),
        (
            "Before you continue",
            "We and our partners store and read data on your device, such as identifiers, in order to show advertisements, to measure how they are seen and to learn about our readers. Some partners rely on legitimate interest. You can change your mind at any time in the settings at the foot of each page.",
            "Accept all",
            "Reject all",
        ),
        ("Page not found", "The page you are looking for may have been moved or deleted."),
        ("Subscribe to continue reading", "Start your trial", "Already a subscriber? Log in"),
        ("You need to enable JavaScript to run this app."),
        ("Sign up for our morning letter"),
        ("We use cookies to make this site better.", "Accept all"),
        ("Log in to comment"),
        (
            "Why “page not found” is the web's saddest sentence",
            "Readers who meet the words “page not found” or “verify you are human” close the tab within {n} seconds, the study says, and those who are told to subscribe to continue reading do so even faster.",
        ),
    ),
    "de": Words(
        "Lizenzpflicht für sieben Metalle bleibt",
        (
            "Das Ministerium hält nach zweitägigen Gesprächen an der Genehmigungspflicht für sieben Metalle fest, wie es am Montag hieß.",
            "Händler, die auf Vorrat {n} Tonnen gekauft hatten, warten nun auf Papiere, die nach ihren Worten nie rechtzeitig kommen.",
            "Eine Sprecherin sagte, die Anträge würden in der Reihenfolge ihres Eingangs gelesen und niemand werde benachteiligt.",
            "Die Ausfuhren sanken im Mai um {n} Prozent, und der Zoll erwartet vor dem Herbst keine Änderung.",
            "Im Norden, wo die meisten Bergwerke liegen, nahm man die Nachricht mit Erleichterung und ohne große Überraschung auf.",
        ),
        ("Startseite", "Politik", "Wetter"),
        (
            "Einen Moment bitte …",
            "Bestätigen Sie, dass Sie kein Roboter sind.",
            "Wir prüfen die Sicherheit Ihrer Verbindung.",
        ),
        ("Bitte melden Sie sich an", "E-Mail-Adresse", "Passwort", "Passwort vergessen?"),
        (
            "Ihre Privatsphäre",
            "Wir und unsere Partner speichern Kennungen auf Ihrem Gerät und lesen sie aus, um Anzeigen zu zeigen, deren Wirkung zu messen und mehr über unser Publikum zu erfahren. Einige Partner berufen sich auf berechtigtes Interesse. Sie können Ihre Wahl jederzeit am Ende jeder Seite ändern.",
            "Alle akzeptieren",
            "Alle ablehnen",
        ),
        ("Seite nicht gefunden", "Die gesuchte Adresse gibt es hier nicht oder nicht mehr."),
        ("Jetzt abonnieren und weiterlesen", "Probemonat starten", "Bereits Abonnent? Anmelden"),
        ("Bitte aktivieren Sie JavaScript, um diese Anwendung zu nutzen."),
        ("Unser Brief am Morgen: hier bestellen"),
        ("Diese Seite verwendet Cookies.", "Alle akzeptieren"),
        ("Zum Kommentieren anmelden"),
        (
            "Warum „Seite nicht gefunden“ so oft erscheint",
            "Wer „Seite nicht gefunden“ liest oder bestätigen soll, dass er kein Roboter ist, schließt das Fenster nach {n} Sekunden, so die Studie, und wer aufgefordert wird, jetzt zu abonnieren und weiterzulesen, noch schneller.",
        ),
    ),
    "fr": Words(
        "Les licences restent exigées pour sept métaux",
        (
            "Le ministère maintient sa règle pour sept métaux après deux jours de discussions, a-t-on appris lundi dans la capitale.",
            "Les négociants qui avaient acheté {n} tonnes d’avance attendent des papiers qui, disent-ils, n’arrivent jamais à temps.",
            "Une porte-parole affirme que les dossiers sont lus dans l’ordre d’arrivée et que personne n’est désavantagé.",
            "Les expéditions ont reculé de {n} pour cent en mai, et les douanes n’attendent aucun changement avant l’automne.",
            "Dans le nord, où se trouvent la plupart des mines, la nouvelle a été reçue avec soulagement et sans surprise.",
        ),
        ("Accueil", "Politique", "Météo"),
        ("Un instant…", "Confirmez que vous n’êtes pas un robot.", "Nous examinons la sécurité de votre connexion."),
        ("Veuillez vous connecter", "Adresse électronique", "Mot de passe", "Mot de passe oublié ?"),
        (
            "Votre vie privée",
            "Avec nos partenaires, nous déposons et lisons des identifiants sur votre appareil afin d’afficher des annonces, d’en mesurer l’effet et de mieux connaître notre public. Certains partenaires invoquent un intérêt légitime. Vous pouvez changer d’avis à tout moment au bas de chaque page.",
            "Tout accepter",
            "Tout refuser",
        ),
        ("Page introuvable", "L’adresse demandée n’existe pas ou plus sur ce site."),
        ("Abonnez-vous pour lire la suite", "Un mois d’essai", "Déjà abonné ? Connectez-vous"),
        ("Veuillez activer JavaScript pour utiliser cette application."),
        ("Recevez notre lettre du matin"),
        ("Ce site emploie des cookies.", "Tout accepter"),
        ("Identifiez-vous pour commenter"),
        (
            "Pourquoi « page introuvable » revient si souvent",
            "Qui lit « page introuvable » ou doit prouver qu’il n’est pas un robot ferme la fenêtre au bout de {n} secondes, selon l’étude, et plus vite encore quand on lui demande de s’abonner pour lire la suite.",
        ),
    ),
    "es": Words(
        "Siguen las licencias para siete metales",
        (
            "El ministerio mantiene su norma para siete metales tras dos días de conversaciones, según se supo el lunes en la capital.",
            "Los comerciantes que habían comprado {n} toneladas por adelantado esperan papeles que, dicen, nunca llegan a tiempo.",
            "Una portavoz aseguró que las solicitudes se leen por orden de llegada y que nadie recibe peor trato.",
            "Los envíos cayeron un {n} por ciento en mayo y la aduana no espera cambios antes del otoño.",
            "En el norte, donde están casi todas las minas, la noticia se recibió con alivio y sin sorpresa.",
        ),
        ("Portada", "Política", "El tiempo"),
        ("Un momento por favor", "Verifica que eres humano", "Estamos revisando la seguridad de tu conexión."),
        ("Inicia sesión", "Correo electrónico", "Contraseña", "He olvidado mi contraseña"),
        (
            "Tu privacidad",
            "Junto con nuestros socios guardamos y leemos identificadores en tu dispositivo para mostrar anuncios, medir su efecto y conocer mejor a nuestro público. Algunos socios se apoyan en un interés legítimo. Puedes cambiar de opinión cuando quieras al pie de cada página.",
            "Aceptar todo",
            "Rechazar todo",
        ),
        ("Página no encontrada", "La dirección que pediste no existe o ya no existe aquí."),
        ("Suscríbete para seguir leyendo", "Un mes de prueba", "¿Ya eres suscriptor? Entra"),
        ("Activa JavaScript para usar esta aplicación."),
        ("Recibe nuestra carta de la mañana"),
        ("Este sitio emplea cookies.", "Aceptar todo"),
        ("Entra para comentar"),
        (
            "Por qué vemos tanto «página no encontrada»",
            "Quien lee «página no encontrada» o debe probar que no es un robot cierra la ventana a los {n} segundos, dice el estudio, y aún antes si le piden que se suscriba para seguir leyendo.",
        ),
    ),
    "pt": Words(
        "Licenças para sete metais continuam",
        (
            "O ministério mantém a regra para sete metais depois de dois dias de conversas, soube-se na segunda-feira na capital.",
            "Comerciantes que tinham comprado {n} toneladas antes esperam agora por papéis que, dizem, nunca chegam a tempo.",
            "Uma porta-voz disse que os pedidos são lidos pela ordem de chegada e que ninguém é prejudicado.",
            "Os envios caíram {n} por cento em maio, e a alfândega não espera mudanças antes do outono.",
            "No norte, onde fica a maior parte das minas, a notícia foi recebida com alívio e sem surpresa.",
        ),
        ("Início", "Política", "Tempo"),
        ("Só um momento", "Confirme que não é um robô", "Estamos a rever a segurança da sua ligação."),
        ("Faça login", "E-mail", "Senha", "Esqueceu sua senha?"),
        (
            "A sua privacidade",
            "Com os nossos parceiros guardamos e lemos identificadores no seu aparelho para mostrar anúncios, medir o seu efeito e conhecer melhor o nosso público. Alguns parceiros invocam interesse legítimo. Pode mudar de opinião a qualquer momento no fim de cada página.",
            "Aceitar tudo",
            "Rejeitar tudo",
        ),
        ("Página não encontrada", "O endereço pedido não existe ou deixou de existir."),
        ("Assine para continuar lendo", "Um mês grátis", "Já é assinante? Entre"),
        ("Ative o JavaScript para usar esta aplicação."),
        ("Receba a nossa carta da manhã"),
        ("Este site usa cookies.", "Aceitar tudo"),
        ("Entre para comentar"),
        (
            "Por que vemos tanto “página não encontrada”",
            "Quem lê “página não encontrada” ou tem de provar que não é um robô fecha a janela ao fim de {n} segundos, diz o estudo, e ainda mais depressa quando lhe pedem que assine para continuar lendo.",
        ),
    ),
    "ru": Words(
        "Лицензии на семь металлов сохраняются",
        (
            "Министерство сохраняет правило для семи металлов после двух дней переговоров, сообщили в понедельник в столице.",
            "Торговцы, купившие заранее {n} тонн, ждут бумаг, которые, по их словам, никогда не приходят вовремя.",
            "Представительница ведомства сказала, что заявки читают в порядке поступления и никого не обделяют.",
            "Поставки упали в мае на {n} процентов, и таможня не ждёт перемен раньше осени.",
            "На севере, где находится большинство рудников, новость приняли с облегчением и без особого удивления.",
        ),
        ("Главная", "Политика", "Погода"),
        ("Подождите немного", "Подтвердите, что вы не робот", "Мы проверяем безопасность вашего соединения."),
        ("Вход в систему", "Почта", "Пароль", "Забыли пароль?"),
        (
            "Ваша конфиденциальность",
            "Вместе с партнёрами мы храним и читаем идентификаторы на вашем устройстве, чтобы показывать рекламу, измерять её действие и лучше знать наших читателей. Некоторые партнёры ссылаются на законный интерес. Вы можете изменить решение в любое время внизу каждой страницы.",
            "Принять все",
            "Отклонить все",
        ),
        ("Страница не найдена", "Такого адреса здесь нет или уже нет."),
        ("Оформите подписку, чтобы читать дальше", "Месяц на пробу", "Уже есть подписка? Войдите"),
        ("Включите JavaScript, чтобы пользоваться приложением."),
        ("Получайте наше утреннее письмо"),
        ("Этот сайт использует файлы cookie.", "Принять все"),
        ("Войдите, чтобы оставить комментарий"),
        (
            "Почему мы так часто видим «страница не найдена»",
            "Кто читает «страница не найдена» или должен доказать, что он не робот, закрывает окно через {n} секунд, говорится в исследовании, а тот, кого просят оформить подписку, чтобы читать дальше, ещё быстрее.",
        ),
    ),
    "ko": Words(
        "일곱 가지 금속 수출 허가제 유지",
        (
            "정부는 이틀간의 회담이 끝난 뒤에도 일곱 가지 금속에 대한 허가제를 그대로 유지한다고 월요일 수도에서 밝혔다.",
            "미리 {n}톤을 사 둔 상인들은 제때 오지 않는다는 서류를 지금도 기다리고 있다고 말했다.",
            "대변인은 신청서를 들어온 순서대로 읽고 있으며 누구도 불이익을 받지 않는다고 설명했다.",
            "오월 선적량은 {n}퍼센트 줄었고 세관은 가을 전에는 변화가 없을 것으로 내다봤다.",
            "광산이 가장 많은 북부에서는 이 소식을 안도하면서도 그다지 놀라지 않고 받아들였다.",
        ),
        ("홈", "정치", "날씨"),
        ("잠시만 기다려 주세요", "로봇이 아닙니다 버튼을 눌러 주세요", "연결의 안전을 살펴보고 있습니다."),
        ("로그인이 필요합니다", "이메일", "비밀번호", "비밀번호 찾기"),
        (
            "개인정보 보호",
            "저희와 파트너는 광고를 보여 주고 그 효과를 재고 독자를 더 잘 알기 위해 기기에 식별자를 저장하고 읽습니다. 일부 파트너는 정당한 이익을 근거로 합니다. 언제든지 각 페이지 아래에서 선택을 바꿀 수 있습니다.",
            "모두 동의",
            "모두 거부",
        ),
        ("페이지를 찾을 수 없습니다", "주소가 바뀌었거나 더는 쓰이지 않습니다."),
        ("계속 읽으려면 구독하세요", "한 달 무료 체험", "이미 구독 중이신가요? 로그인"),
        ("이 앱을 쓰려면 자바스크립트를 켜 주세요."),
        ("아침 편지를 받아 보세요"),
        ("이 사이트는 쿠키를 사용합니다.", "모두 동의"),
        ("댓글을 쓰려면 로그인하세요"),
        (
            "‘페이지를 찾을 수 없습니다’를 왜 이렇게 자주 볼까",
            "‘페이지를 찾을 수 없습니다’라는 말을 읽거나 로봇이 아닙니다 버튼을 눌러야 하는 독자는 {n}초 만에 창을 닫으며 계속 읽으려면 구독하라는 말을 들으면 더 빨리 닫는다고 연구는 밝혔다.",
        ),
    ),
    "zh": Words(
        "七种金属仍须出口许可",
        (
            "经过两天的会谈，该部仍然维持对七种金属的许可规定，官员星期一在首都表示，申请须逐一审查。",
            "事先买下{n}吨货物的商人说，他们还在等待那些从来不会按时到达的文件，仓库里的存货已经不多。",
            "一位女发言人说，申请按照收到的先后顺序审阅，没有人受到不公平的对待，也没有人得到优待。",
            "五月份的发货量下降了百分之{n}，海关预计秋天以前不会有什么变化，企业也没有别的打算。",
            "在矿山最多的北方，人们听到这个消息松了一口气，也不觉得意外，当地报纸只登了一小段。",
        ),
        ("首页", "政治", "天气"),
        ("请稍候…", "请确认您是真人", "我们正在查看连接是否安全。"),
        ("请先登录", "邮箱", "密码", "忘记密码？"),
        (
            "您的隐私",
            "我们和合作伙伴会在您的设备上保存并读取标识，用来展示广告、衡量广告的效果并了解我们的读者。有些合作伙伴以正当利益为依据。您可以随时在每个页面的底部更改选择。",
            "全部接受",
            "全部拒绝",
        ),
        ("页面不存在", "您要找的地址不在这里，或者已经没有了。"),
        ("订阅后可阅读全文", "免费试读一个月", "已订阅？请登录"),
        ("请启用 JavaScript 以使用本应用。"),
        ("订收我们的早间来信"),
        ("本站使用 Cookie。", "全部接受"),
        ("登录后发表评论"),
        (
            "为什么“页面不存在”如此常见",
            "研究说，看到“页面不存在”或者被要求确认自己是真人的读者，{n}秒之内就会关掉窗口，而被要求订阅后可阅读全文的人关得更快，几乎没有人会再回来看一眼那篇文章。",
        ),
    ),
    "ja": Words(
        "七つの金属の輸出許可制が続く",
        (
            "同省は二日間の協議の後も七つの金属に対する許可制を維持すると、月曜日に首都で当局者が明らかにした。",
            "前もって{n}トンを買っておいた商社は、決して間に合わないという書類を今も待っていると話している。",
            "報道官は、申請書は届いた順に読まれており、誰も不利な扱いを受けていないと説明した。",
            "五月の出荷は{n}パーセント減り、税関は秋まで変化はないと見込んでいる。",
            "鉱山が最も多い北部では、この知らせは安堵をもって、さほどの驚きもなく受け止められた。",
        ),
        ("ホーム", "政治", "天気"),
        ("しばらくお待ちください", "私はロボットではありません", "接続の安全性を調べています。"),
        ("ログインしてください", "メールアドレス", "パスワード", "パスワードをお忘れの方"),
        (
            "プライバシーについて",
            "当社とパートナーは、広告を表示し、その効果を測り、読者をよりよく知るために、端末に識別子を保存して読み取ります。一部のパートナーは正当な利益を根拠とします。選択は各ページの下部でいつでも変更できます。",
            "すべて同意する",
            "すべて拒否する",
        ),
        ("ページが見つかりません", "お求めの住所はここにないか、なくなりました。"),
        ("続きを読むには購読が必要です", "一か月無料", "すでに購読中の方はログイン"),
        ("このアプリを使うにはJavaScriptを有効にしてください。"),
        ("朝のお便りを受け取る"),
        ("当サイトはクッキーを使います。", "すべて同意する"),
        ("コメントするにはログイン"),
        (
            "「ページが見つかりません」はなぜ多いのか",
            "研究によると、「ページが見つかりません」という言葉を読んだり、ロボットではありませんと答えさせられたりした読者は{n}秒で窓を閉じ、続きを読むには購読が必要だと言われた読者はもっと早く閉じる。",
        ),
    ),
    "ar": Words(
        "تراخيص المعادن السبعة باقية",
        (
            "أبقت الوزارة على قاعدتها الخاصة بسبعة معادن بعد يومين من المحادثات، كما قال مسؤولون يوم الاثنين في العاصمة.",
            "ينتظر التجار الذين اشتروا {n} طنا مقدما أوراقا يقولون إنها لا تصل أبدا في موعدها.",
            "قالت متحدثة إن الطلبات تقرأ بحسب ترتيب وصولها وإن أحدا لا يعامل معاملة أسوأ من غيره.",
            "تراجعت الشحنات بنسبة {n} في المئة في مايو، ولا تتوقع الجمارك أي تغيير قبل الخريف.",
            "في الشمال، حيث توجد معظم المناجم، استقبل الناس الخبر بارتياح ومن غير دهشة كبيرة.",
        ),
        ("الرئيسية", "السياسة", "الطقس"),
        ("لحظة من فضلك", "أكد أنك لست روبوتا", "نراجع أمان اتصالك."),
        ("يرجى تسجيل الدخول", "البريد الإلكتروني", "كلمة المرور", "هل نسيت كلمة المرور؟"),
        (
            "خصوصيتك",
            "نقوم نحن وشركاؤنا بحفظ معرفات على جهازك وقراءتها لعرض الإعلانات وقياس أثرها ومعرفة قرائنا معرفة أفضل. يستند بعض الشركاء إلى مصلحة مشروعة. يمكنك تغيير رأيك في أي وقت أسفل كل صفحة.",
            "قبول الكل",
            "رفض الكل",
        ),
        ("الصفحة غير موجودة", "العنوان الذي طلبته ليس هنا أو لم يعد هنا."),
        ("اشترك لقراءة المقال كاملا", "شهر تجريبي", "هل أنت مشترك؟ ادخل"),
        ("يرجى تفعيل JavaScript لاستخدام هذا التطبيق."),
        ("احصل على رسالتنا الصباحية"),
        ("يستخدم هذا الموقع ملفات تعريف الارتباط.", "قبول الكل"),
        ("سجل الدخول للتعليق"),
        (
            "لماذا تتكرر عبارة «الصفحة غير موجودة»",
            "من يقرأ «الصفحة غير موجودة» أو يطلب منه أن يؤكد أنه ليس روبوتا يغلق النافذة بعد {n} ثانية، بحسب الدراسة، ومن يطلب منه أن يشترك لقراءة المقال كاملا يغلقها أسرع من ذلك بكثير.",
        ),
    ),
}
