"""Words of which a question is made and that say nothing about its answer."""

_ENGLISH = """
a about above after again against all also am an and any anybody anyone anything are as
at be because been before being below between both but by can cannot cant could couldnt
did didnt do does doesnt doing dont down during each either else ever every everybody
everything few find for from further get gets getting give given go goes going good got
had hadnt has hasnt have havent having he her here hers herself him himself his how
however i if im in into is isnt it its itself ive just know let like made make makes
many may me might mine more most much must my myself need needs neither no nobody nor
not nothing now of off often on once one only onto or other others ought our ours
ourselves out over own per perhaps please put quite rather really said same say says see
seen shall she should shouldnt show since so some somebody someone something still such
take takes tell than that thats the their theirs them themselves then there theres these
they theyre thing things this those though through thus to too under until up upon us
use used uses using very via want wants was wasnt way we well went were werent what
whatever whats when where whereas whether which while who whom whose why will with
within without wont would wouldnt yes yet you your youre yours yourself yourselves
"""
_GERMAN = """
aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf
aus bei beim bin bis bist bitte da dabei dadurch dafur dagegen daher damit danach dann
daran darauf daraus darf darfst darum das dass davon dazu dein deine deinem deinen
deiner dem den denen denn der deren des deshalb dessen dich die dies diese diesem diesen
dieser dieses dir doch dort du durch durfen ein eine einem einen einer eines einige
einigen einmal er es etwa etwas euch euer eure fur gab geben gegen gehabt geht gibt ging
habe haben hat hatte hatten hattest hier hin hinter ich ihm ihn ihnen ihr ihre ihrem
ihren ihrer im immer in ins ist ja jede jedem jeden jeder jedes jemand jetzt kann kannst
kein keine keinem keinen keiner konnen konnte konnten lassen machen macht man manche
mehr mein meine meinem meinen meiner mich mir mit mochte mochten muss mussen musste nach
nachdem neben nein nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen
seiner seit selbst sich sie sind so sogar solche soll sollen sollte sollten sondern
sonst uber um und uns unser unsere unserem unseren unserer unter viel viele vielen vom
von vor wann war waren warum was wegen weil welche welchem welchen welcher welches wenn
wer werde werden wessen wie wieder wieviel will wir wird wo wofur woher wohin wollen
womit worden wurde wurden wurdest zu zum zur zwar zwischen
"""

# By language code; in plain letters, as `home.search.words.plain_letters` leaves them.
STOP_WORDS = {
    "en": frozenset(_ENGLISH.split()),
    "de": frozenset(_GERMAN.split()),
}
