/** Words that a proposed password is made of: own list, short German nouns without umlauts, no word with an unhappy meaning. */

export const PHRASE_WORDS: readonly string[] = `
abend abteil acker adler affe ahorn akte album allee alpen amboss ameise ampel amsel ananas angel anker anruf antenne
antwort anzug apfel april arbeit arena armband arzt asche atem atlas auge august aula ausflug ausgang auster auto
autor bach backofen bagger bahn bahnhof balken balkon ball ballon bambus banane band bandage banjo bank bart basalt
basar basis bass bauer baum baustein becher becken beere beet bein beleg benzin berg bernstein beruf besen besteck
besuch beton bett beutel biber biene bild binse birke birne bison blatt blech blei blick blitz block blume bluse boden
bogen bohne bohrer boje bonbon boot bord botschaft boxer brand brauch brei bremse brett brezel brief brille brise
brokkoli bronze brot brunnen bube buch buche bucht bude bummel bund burg bursche busch butter cello chor chronik clown
comic computer cousine creme dach dachs dackel damm dampf dank datum daumen decke deckel deich delfin delta dezember
diamant dichter diele diesel diktat ding dirigent diskus distel docht dohle doktor donner dorf dorn dose dotter drache
draht drama dreieck drossel druck duft durst dusche ebbe ebene eber echo ecke edelstein efeu egge eiche eichel
eidechse eifer eimer einband eingang einkauf eintopf eisbahn eisen elch elefant elster ende engel enkel ente entwurf
enzian epoche erbse erdbeere erde erfolg ernte esel espe essenz essig etage etikett eule euro export fabel fabrik fach
fackel faden fahne fahrrad fahrt falke falte familie farbe farn fasan fass faust februar feder fehler feier feige
feile feld fell fels fenchel fenster ferien ferkel fernweh ferse fest fetzen feuer fichte figur film filter filz
finale finger fink firma fisch flagge flamme flasche fleck flieder fliege fliese floh floss flosse flotte flug flur
fluss flut fohlen folie forelle form forst forum foto fracht frage freitag freude friede frist frosch frost frucht
fuchs fuge funke furche furt gabel galaxie galerie galopp gans garage garbe garde garn garten gasse gast gatter gaumen
gebirge geduld gefieder gehalt gehege geier geige geist geld gemse genie gepard gerste geruch gesang geste getreide
gewand gewicht gewitter giebel gipfel gips giraffe gitarre gitter glanz glas glatteis glocke glut gold golf gondel
gong gorilla graben grad graf granit gras grat grenze griff grille grotte grube grund gruppe gummi gurke gurt guss
haar habicht hafen hafer hagel hahn haken halle halm hals halt hammer hamster hand handel hang harfe harke hase hasel
haube haufen haus hebel hecht hecke heft heide heim heizung held helfer helm hemd herbst herd herde hering herz
heuboden hilfe himmel hirsch hirse hobby hobel hocker hoffnung holunder holz honig hopfen horde horizont horn hose
hotel huhn hummel humor hund hunger husten hyazinthe hymne idee igel iltis imbiss imker import indigo industrie ingwer
insekt insel iris jacht jacke jagd jaguar jahr januar jasmin jeans joghurt jubel judo jugend juli junge juni jurist
juwel kabel kabine kachel kaffee kahn kaiser kajak kakao kaktus kalb kalender kalk kamel kamera kamin kamm kammer
kanal kandis kanne kante kanu kanzel kapelle kapitel kappe kapsel kapuze karaffe karotte karpfen karte karton kasse
kastanie kasten kater katze kegel kehle keil keim keks keller kerbe kern kerze kescher kessel kette keule kiebitz
kiefer kiel kies kilo kind kinn kino kirmes kirsche kissen kiste kitt kittel kiwi klammer klang klappe klasse klaue
klavier klecks klee kleid klemme klette klima klinge klinik klippe klotz kluft knall knete knie knirps knoblauch
knochen knolle knopf knospe knoten koala kobold koch koffer kohl kohle koje kolibri komet komma kompass kompott konto
konzert kopf kopie koralle korb kordel kork korn kosmos kraft kragen kralle kran kranich kranz krapfen krater kraut
krawatte kreide kreis kresse kringel krippe krokus krone krug krume kuchen kuckuck kugel kulisse kunst kupfer kuppel
kurbel kurs kurve kuss kutsche labor lachs lack laden ladung lager lagune laken lakritz lama lamm lampe land landkarte
lappen laser lasso laterne latte laub laube lauch lauf laune laute lava lawine leben leber leder lehm lehne lehrer
leib leim leine leinwand leiste leiter lerche leser leuchte libelle licht liebe lied liege liga lilie limette linde
lineal linie linse lippe liste liter loch locke logik lohn lokal lorbeer lotse lotus luchs luft luke lunge lupe luxus
made magen magier magnet mais makrele malz mandel mango mantel mappe marder margerite marine marke markt marmor mars
masche maske masse mast matrose matte mauer maulwurf maus medaille meer mehl meile meise meister melone memo menge
mensch messe messer metall meter miete mikado milch minute minze mistel mittag mitte mohn molch molke moment monat
mond montag moor moos morgen mosaik most motor motte muffin mulde mund muschel museum musik muskel muster mutter nabel
nacht nacken nadel nagel napf narzisse nase nashorn natter natur nebel neffe nektar nelke nerv nest netz nickel niere
nische nixe norden note notiz november nudel null nummer nuss oase obst ochse ofen oktober olive onkel opal oper optik
orange orchidee orden ordner orgel original orkan osten ostern otter ozean paar packung paddel paket palast palette
palme panda panne panther papagei papier pappe pappel paprika parade park pass pastete pate patent pauke pause pavian
pech pedal pegel pelikan pelz pendel perle petunie pfad pfahl pfanne pfau pfeffer pfeife pfeil pferd pfiff pflanze
pflaster pflaume pflock pflug pforte pfosten pfote phase pille pilot pilz pinguin pinie pinsel pirat pistazie planet
plastik platane platte platz pokal pollen polster pony portal porto porzellan posaune post posten pracht praline preis
presse prinz prisma probe produkt profi prosa protokoll provinz pudel puder puffer pullover puls pult puma pumpe punkt
puppe purpur puzzle pyramide quader qualle quark quarz quelle quiche quirl quitte quiz quote rabatt rabe rachen radar
radio radler rahmen rakete rampe rand ranke ranzen rasen rassel rast rathaus raum raupe rebe rechen rechnung regal
regatta regel regen regler reifen reihe reiher reis reise reiter rekord rennen rentier reptil rettich rezept rhabarber
rhythmus richter riegel riemen riese rind rinde ring rinne rippe risiko ritt ritter robbe robe roboter rochen rock
rodel roggen rohr rolle roller roman rose rosine rost rotor rubin rudel ruder ruhe rumpf runde rundweg rute rutsche
saal saat sache sack saft sage sahne saison saite salat salbe saldo salz samen samstag samt sand sandale sardine
sattel satz sauna schach schacht schaf schal schale schalter schanze schar schatten schatz schaufel scheibe schein
schere scherz scheune schicht schiefer schiene schiff schild schimmel schinken schirm schlaf schlange schlauch
schleife schleuse schlitten schloss schlucht schluss schmaus schmied schmuck schnabel schnecke schnee schnur scholle
schopf schote schotter schrank schraube schrift schritt schublade schuh schule schulter schuppe schutz schwalbe
schwamm schwan schwarm schwelle schwimmer schwung seehund segel segen sehne seide seife seil seite sekunde sellerie
semmel senf sense september sessel sieb sieg signal silber silo sims sinfonie sirene sirup sitz skala skizze skulptur
smaragd socke sofa sohle sommer sonate sonde sonne sonntag sorte spachtel spalt spange spargel sparren spaten spatz
specht speck speiche speicher speise sperling spiegel spiel spinat spindel spinne spirale spitze sport sprache spritze
sprosse sprotte sprudel sprung spule spur staat stab stachel stadion stadt stahl stall stamm stand stange stapel star
stativ statue staub staude steg stein stempel steppe stern steuer stich stiefel stiel stier stift stille stimme stirn
stock stoff stollen storch strahl strand strang strauch strecke streich streifen strick strom strudel strumpf stube
student studie stufe stuhl stunde sturm stute suche summe sumpf suppe symbol system szene tabelle tablett tafel taille
takt talent taler tandem tango tanne tante tanz tapete tasche tasse taste tatze taube taucher tausch taxi team technik
teddy teer teich teig teil telefon teller tempel tempo tenor teppich termin terrasse test text theater thema thron
thymian tiefe tiegel tier tiger tinte tisch titel toast tochter tomate tonne topas topf torf torte tour trab trage
traktor tram transport traube traum treffer treppe tresen tresor tribut trichter trick tritt trommel trompete tropfen
truhe trumpf trupp tuba tuch tugend tukan tulpe tunnel turm turnier tusche ufer ulme umhang umlauf umweg umzug unfug
unikat union unruhe urkunde urlaub urteil urwald vanille vase vater veilchen ventil verband verein vers vetter viadukt
video viola visum vogel volk volt vorhang vorrat vorteil vulkan waage wabe wachs wacht wade waffel wagen waggon wahl
wald walnuss walze wand wange wanne wappen ware warte wasser watte weber wecker wedel wehr weide weihe wein weisheit
weite weizen welle welpe welt wende werft werk werkstatt wespe weste westen wette wetter wicke widder wiege wiese
wille wimpel wimper wind windel winkel winter wipfel wirbel wirt wissen witz woche wohnung wolf wolke wolle wort
wunder wunsch wurf wurm wurst wurzel zacke zahl zahn zander zange zapfen zauber zaun zebra zeder zehe zeichen zeiger
zeile zeit zelle zelt zement zentrum zettel zeuge ziege ziegel ziel zimmer zimt zink zinn zipfel zirkel zirkus zitat
zither zitrone zoll zone zopf zucker zufall zukunft zunge zweig zwerg zwiebel zwilling zylinder
`
	.trim()
	.split(/\s+/);
