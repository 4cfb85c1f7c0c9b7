"""Words in names of persons that are no names, and names that say little."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Before or after a name, and no part of it.
TITLES = _words(
    """
    mr mrs ms miss mister madam madame mme monsieur herr frau senor senora don dona sir dame lord lady
    dr doctor docteur prof professor phd eng engineer ing mhandis muhandis judge advocate hon honourable honorable
    sheikh shaikh shaykh sheik cheikh shaikhah sheikha mullah mulla molla mullaw maulavi mawlawi maulvi molvi mawlavi
    maulana mawlana molana mohlawi haji hajji hadji hajj alhaj alhaji elhadj elhadji qari kari ustad ustaz ustadh
    qazi qadi mufti ayatollah hojjatoleslam hafiz hafez akhundzada
    general gen genl generale lieutenant lieut lt ltg ltc colonel col captain capt cpt capitaine major maj
    brigadier brig bgen sergeant sgt corporal cpl commander cmdr cdr commandant comandante admiral adm rear vice
    marshal marshall field warlord chief
    president prasident presidente minister ministre prime king queen prince princess emir
    secretary governor senator ambassador deputy former ex late
    """
)

# Small words between names: they bind the next word and carry nothing themselves.
PARTICLES = _words(
    """
    al el ul as ash az an ad ar at ud us ur il
    bin ibn ben bint binti bent bn ould oulad ouled ould wuld weld binte bte bt uld walad wld bnt
    van von vom zu zum zur der den dem het ten ter de del della dello di da dos das do du des la le les lo los las y
    na of the and
    """
)

# Those among them that say whose child: the next word is the father's name.
FILIAL = _words("bin ibn ben bint binti bent bn ould oulad ouled wuld weld binte bte bt uld walad wld bnt")

# Names so common, or so often added and left out, that they say little of who is meant, by their weight.
_LIGHT = {
    0.1: """
        sr jr junior senior ii iii
    """,
    0.2: """
        abd abu um din
    """,
    0.3: """
        allah md
    """,
    0.4: """
        sayid sayyid sayed sayd syed sayyed saiyid
    """,
    0.5: """
        jan khan agha akhund amir muhamad mohamed mohamad mohammed muhammad mohammad mohammod mahomed mukhammad
        mokhammed maxamed mhmd mochamad mochammad mohd muhamed
    """,
    0.7: """
        akhtar wali said mohamud magomed mohamedou ahmad ahmed akhmed ahmd ali
    """,
    0.8: """
        hasan hassan husain hussein hussain husayn ibrahim
    """,
}
LIGHT = {word: weight for weight, text in _LIGHT.items() for word in text.split()}

# Spellings of "servant of", "father of" and "mother of", which open a compound name.
SERVANT = _words(
    "abd abdul abdal abdel abdol abdoul abdil abdu abdou abdur abdour abdus abdush abduz abdun abdut abdel"
)
FATHER_OF = _words("abu abou abo aboul abul bu bou aba abi")
MOTHER_OF = _words("um umm oum om")

# Given names of one another: short forms and the same name in other languages.
_SAME_NAMES = """
    alexander alex alexandre aleksandr alexandr aleksander oleksandr alejandro sasha sandy iskander iskandar
    alexei alexey aleksei aleksey oleksii alyosha alexis
    andrew andrei andrey andreas andres andre andriy anders ondrej andras andy
    anthony antonio anton antoine antonin tony toni
    benjamin ben benny bibi binyamin benyamin
    boris borya
    charles carlos carl karl karel carlo charlie chuck
    christopher chris kristof christoph cristobal christophe
    christian cristian kristian
    daniel dan danny danilo daniil
    david dave dawid davide daoud dawud daud
    dmitry dmitri dmitriy dimitri dima dmytro
    edward ed eddie eduardo edouard eduard ted
    elizabeth liz beth betty elisabeth elisabetta lisa yelizaveta
    emmanuel manuel manny emanuel
    eugene yevgeny evgeny evgeni yevgeni yevhen eugenio eugen
    francis francisco francois frank franz francesco paco pancho franciszek
    frederick fred freddy friedrich frederic federico fryderyk fritz
    george georg georges giorgio jorge yuri yury yuriy georgi georgy georgios giorgi jerzy jurgen
    gregory greg grigory grigori gregor gregorio hryhoriy
    henry harry hank heinrich henri enrique enrico henrik hendrik
    igor ihor
    isaac ishaq ishak isak yitzhak itzhak
    ivan john johann johannes hans juan jean jan joao giovanni ian jack johnny yahya yohannes vanya sean
    jacob james jim jimmy jakob jacques jaime diego santiago yaqub yakub yakov iago giacomo jaap
    jeffrey jeff geoffrey geoff
    jerome jeremy
    joseph joe josef jose giuseppe yusuf yousef yousuf youssef iosif osip josip yosef pepe
    katherine catherine kate kathy katarina ekaterina yekaterina katya katerina catalina
    lawrence larry laurent lorenzo laurence
    leo lev leon
    leonard leonardo len lenny
    louis luis ludwig luigi lewis lou
    lucas luke luc lukas luca
    margaret maggie meg margarita marguerite margarethe
    mark marc marco marcos markus marcus
    martin marty martino
    mary maria marie mariya maryam miriam
    matthew matt mateo matthias matteo matthieu matvey mattheus
    michael mike mikhail miguel michel michele mick mykhailo mihai mikael micheal michal misha mickey
    moses musa moussa moshe moise
    nicholas nick nikolai nikolay nicolas nikolas mykola nicola niklas klaus
    noah nuh nouh
    oleg oleh
    patrick pat paddy patricio
    paul pablo pavel paolo pawel pavlo paulo pal
    peter pete pedro pierre petr pyotr piotr petro pietro pieter boutros butrus
    philip phil philippe felipe filip filippo
    raphael rafael rafal
    richard rick dick ricardo rich ricky riccardo
    robert bob rob bobby roberto robbie
    roger rodger ruggero rogelio
    samuel sam sammy
    sergei sergey serge sergio serhiy sergii
    solomon suleiman sulayman suleyman sulaiman sulejman salomon
    stephen steven steve stefan stephan esteban etienne stepan stefano
    theodore ted fedor fyodor teodoro feodor theodor
    thomas tom tommy tomas tommaso tomasz foma
    timothy tim timofey
    valentin valentino
    vasily vasili vasiliy basil basilio vasyl wassily
    victor viktor vittorio
    vincent vicente vincenzo vince
    vladimir volodymyr vlad volodya wladimir uladzimir
    vladislav vladyslav vlad
    william bill will billy guillermo wilhelm guillaume willem willy guglielmo
    abraham ibrahim avraham abe
    ismail ishmael
    jesus isa issa
    muhammad mehmet mahomet magomed mamadou mamadu
"""
SAME_NAMES: dict[str, frozenset[int]] = {}
for _group, _line in enumerate(_SAME_NAMES.strip().splitlines()):
    for _name in _line.split():
        SAME_NAMES[_name] = SAME_NAMES.get(_name, frozenset()) | {_group}

# More names that are given names wherever they stand: when they change places, the father has become the son.
GIVEN_NAMES = frozenset(SAME_NAMES) | _words(
    """
    abbas abdallah abdulaziz abdullah adam adel adil adnan adolf ahmad ahmd ahmed akbar akram alan albert alfred
    ali alice alim allan alois amin amina amir anatoly andrea angela anna antje anwar arif arkady arnaud arnold
    artem arthur artur artyom asad ashraf asif august axel aziz badr bakr barbara bashar bashir bernard bernd
    bernhard bilal brian bruce bruno caroline cecil charlotte clara claude claudia clement colin conrad craig
    denis dennis diana didier dieter dietrich dominique donald douglas duncan edgar edmond edmund elena emil
    emily emma eric erich erik ernst erwin eva fadil fahd faisal farid faruq fatima fawzi fazl felix ferdinand
    fernand fernando fiona florian fredrich fridrich fuad gabriel gareth gary gavin gennady gerald gerard
    gerhard ghazi gilbert gleb gordon grace graham gunther gustav gustave guy habib hadi hafiz haidar haitham
    hakim halim hamid hamza hanna harald harold haroun harun hasan hassan helen helmut herbert herman hermann
    hikmat hisham horst howard hubert hugh hugo husain husayn hussain hussein idris ihsan ilya iman imran ingrid
    iqbal irene isabel isam islam ivo iyad jabir jafar jalal jalil jamal jamil jane janet jason jawad jens
    jessica joachim joan jonathan jordan jorg joshua judith julia julian julien julio julius justin kai kamal
    kamel karen karim keith kenneth kevin khalid khalil kim kirill konrad konstantin kurt lars latif laura
    leonid leopold linda lothar lucia lucy mahdi mahmoud mahmud majid maksim malik mansur maqbul marcel marwan
    masud maurice max maxim maxime maximilian melvin mhmd michaela michelle mohamed mohammad mohammed monica
    moritz muhamad muhamed mukhtar munir murad mustafa nabil nadir naim nancy nasir nasser natalia neil nigel
    nikita nina nizar norbert norman olga oliver olivier omar osama oscar oskar othman otto pamela pascal
    patricia philipp qasim rafiq rahim rahman rainer ralf rami ramon rashid rasul rauf raul raymond rebecca
    reinaldo reinhard rene riad ridha rolf roman ronald rosa rostislav roy ruben rudolf ruslan russell ruth saad
    sabir sadiq saeed said salah saleh salih salim salman sami samir sandra sarah scott sebastian semyon shamil
    sharif siegfried simon sofia sonia stanislav stanley stefanie sultan susan susanne sven svetlana sylvie taha
    tahir talal tariq tatiana terence theo theresa timur tobias tracy ulrich ulysse umar ursula usama uthman uwe
    vadim valery vera veronica viktoria virginia vitaly vivian volker vyacheslav wahid walid walter wayne werner
    wolfgang yaroslav yasin yasir yegor younis yunus yves yvonne zaid zakariya zakhar zayd zubair
    """
)
