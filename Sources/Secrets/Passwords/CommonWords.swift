/// The words that lists of stolen passwords are made of, with those that suggest themselves in a school.
///
/// Folded, of four letters and more. With digits, years, runs, signs for letters and repetitions around them, which
/// `ObviousParts` discounts, they stand for many millions of passwords.
enum CommonWords {
  static let all = Set(text.split(whereSeparator: \.isWhitespace).map(String.init))

  /// The letters of the longest.
  static let longest = all.map(\.count).max() ?? 0

  private static let text = """
    password passwort passwd passw pass passcode passphrase motdepasse contrasena contrasenya senha parola wachtwoord
    haslo salasana lozinka parool jelszo geheim geheimnis secret secreto segreto hidden private access
    admin administrator administrador root user username guest login logon signin system server network internet
    computer laptop windows linux apple android google facebook youtube twitter instagram whatsapp tiktok snapchat
    microsoft samsung nokia iphone default changeme changeit change letmein letme openup opensesame sesame welcome
    willkommen bienvenue bienvenido benvenuto welkom hello hallo bonjour hola ciao salut goodbye please thanks
    thankyou trustno trustme trust nothing whatever something anything forever always never again
    temp temporary test testing tester demo sample example trial public
    iloveyou ilove loveyou loveme lovely love lover lovers loving tequiero teamo jetaime ichliebedich amor amore amour
    liebe princess prince princesa queen king angel angels angelo baby babygirl babyboy honey sweet sweety sweetie
    sweetheart darling beautiful pretty gorgeous cutie sexy girl girls boys lady ladies daddy mommy mother father
    mama papa brother sister family friend friends bestfriend bestie
    monkey dragon tiger tigers lion lions eagle eagles bear bears wolf wolves shark falcon falcons panther panthers
    horse horses kitty kitten puppy doggy bunny rabbit butterfly dolphin dolphins elephant giraffe penguin panda
    chicken turtle spider snake mouse
    football soccer baseball basketball hockey tennis golf volleyball cricket rugby handball sport sports swimming
    liverpool chelsea arsenal barcelona realmadrid juventus manchester united bayern ajax celtic rangers yankees
    cowboys lakers steelers packers patriots dodgers redsox bulls raiders
    batman superman spiderman pokemon pikachu naruto starwars minecraft roblox fortnite mario sonic zelda matrix
    hunter ranger master monster killer warrior ninja samurai pirate wizard magic merlin gandalf phoenix hercules
    shadow ghost demon devil heaven jesus christ blessed blessing faith angelical church bible allah buddha
    sunshine sunflower flower flowers rose roses lily daisy jasmine rainbow star stars moon ocean river mountain
    summer winter spring autumn sommer verano inverno invierno primavera printemps
    january february march april june july august september october november december
    januar februar januari enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag
    sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo
    today tomorrow yesterday morning night weekend holiday holidays christmas easter birthday
    black white blue green yellow orange purple silver gold golden pink brown
    chocolate cookie cookies coffee cheese banana apples cherry strawberry peanut pepper ginger pizza candy sugar
    music guitar piano drums dance dancer metallica nirvana slipknot blink eminem
    money dollar rich lucky winner champion freedom liberty america england london paris berlin madrid moscow
    australia canada germany deutschland france espana italia brasil mexico india china japan
    mercedes ferrari porsche toyota honda yamaha harley mustang corvette camaro
    michael jordan daniel thomas robert william george charlie andrew joshua matthew anthony jessica jennifer michelle
    nicole ashley amanda samantha elizabeth hannah sophie maria carlos alexander benjamin david james john joseph
    jonathan justin kevin brandon taylor maggie buster bailey tigger snoopy garfield mickey minnie donald
    qazwsx qazwsxedc qweasd qweasdzxc qweqwe asdasd zxczxc zaqwsx zaqxsw wsxedc poiuyt mnbvcx lkjhgf abcabc
    school schule ecole escuela scuola escola skola class classroom student students pupil pupils teacher teachers
    teach principal headteacher headmaster staff office homeroom homework lesson lessons learn learning learner
    education college university campus academy gymnasium grade grades exam exams score report attendance register
    library science maths math history english biology chemistry physics geography reading
    book books pencil paper ruler desk term year first second third
    """
}
