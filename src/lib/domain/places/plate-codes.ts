/** Unterscheidungszeichen of number plates and the places they stand for. */

/**
 * State of 3 July 2023: codes set later are not in it, so an unknown code is a hint and never an error.
 * Source: MarkTiedemann/unterscheidungszeichen (after de.wikipedia.org, CC BY-SA 4.0), names shortened;
 * officially the notices in the Bundesanzeiger by § 9 Abs. 3 FZV.
 */
const PLACES_BY_CODE = `
A Augsburg, Kreis Augsburg; AA Ostalbkreis; AB Aschaffenburg, Kreis Aschaffenburg; ABG Kreis Altenburger Land;
ABI Kreis Anhalt-Bitterfeld; AC Städteregion Aachen; AE Vogtlandkreis; AH Kreis Borken;
AIB Kreis München, Kreis Rosenheim; AIC Kreis Aichach-Friedberg; AK Kreis Altenkirchen (Westerwald);
ALF Kreis Hildesheim; ALZ Kreis Aschaffenburg; AM Amberg; AN Ansbach, Kreis Ansbach; ANA Erzgebirgskreis;
ANG Kreis Uckermark; ANK Kreis Vorpommern-Greifswald ohne die Stadt Greifswald; AP Kreis Weimarer Land;
APD Kreis Weimarer Land; ARN Ilm-Kreis; ART Kyffhäuserkreis; AS Kreis Amberg-Sulzbach; ASL Salzlandkreis;
ASZ Erzgebirgskreis; AT Kreis Mecklenburgische Seenplatte ohne die Stadt Neubrandenburg; AU Erzgebirgskreis;
AUR Kreis Aurich; AW Kreis Ahrweiler; AZ Kreis Alzey-Worms; AZE Kreis Anhalt-Bitterfeld; AÖ Kreis Altötting;
B Berlin, Berlin, Senat und Abgeordnetenhaus, Diplomaten; BA Bamberg, Kreis Bamberg; BAD Baden-Baden;
BAR Kreis Barnim; BB Kreis Böblingen; BBG Salzlandkreis; BBL Brandenburg, Landesregierung, Landtag und Polizei;
BC Kreis Biberach; BCH Neckar-Odenwald-Kreis;
BD Deutscher Bundestag, Bundesrat, Bundespräsidialamt, Bundesregierung …; BE Kreis Warendorf;
BED Kreis Mittelsachsen; BER Kreis Barnim; BF Kreis Steinfurt; BGD Kreis Berchtesgadener Land;
BGL Kreis Berchtesgadener Land; BH Ortenaukreis, Kreis Rastatt; BI Bielefeld; BID Kreis Marburg-Biedenkopf;
BIN Kreis Mainz-Bingen; BIR Kreis Birkenfeld; BIT Eifelkreis Bitburg-Prüm; BIW Kreis Bautzen;
BK Rems-Murr-Kreis, Kreis Schwäbisch Hall, Kreis Börde; BKS Kreis Bernkastel-Wittlich; BL Zollernalbkreis;
BLB Kreis Siegen-Wittgenstein; BLK Burgenlandkreis; BM Rhein-Erft-Kreis; BN Bonn, Diplomaten; BNA Kreis Leipzig;
BO Bochum; BOG Kreis Straubing-Bogen; BOH Kreis Borken; BOR Kreis Borken; BOT Bottrop; BP Bundespolizei;
BRA Kreis Wesermarsch; BRB Brandenburg an der Havel; BRG Kreis Jerichower Land; BRK Kreis Bad Kissingen;
BRL Kreis Goslar; BRV Kreis Rotenburg (Wümme); BS Braunschweig; BSB Kreis Osnabrück; BSK Kreis Oder-Spree;
BT Bayreuth, Kreis Bayreuth; BTF Kreis Anhalt-Bitterfeld; BUL Kreis Amberg-Sulzbach, Kreis Schwandorf;
BW Wasserstraßen- und Schifffahrtsverwaltung des Bundes;
BWL Baden-Württemberg, Landesregierung, Landtag und Polizei; BYL Bayern, Landesregierung und Landtag;
BZ Kreis Bautzen; BÖ Kreis Börde; BÜD Wetteraukreis; BÜR Kreis Paderborn;
BÜS Gemeinde Büsingen am Hochrhein (Gemeinde im Landkreis Konstanz …; BÜZ Kreis Rostock; C Chemnitz;
CA Kreis Oberspreewald-Lausitz; CAS Kreis Recklinghausen; CB Cottbus; CE Kreis Celle; CHA Kreis Cham;
CLP Kreis Cloppenburg; CLZ Kreis Goslar; CO Coburg und Landkreis Coburg; COC Kreis Cochem-Zell; COE Kreis Coesfeld;
CR Kreis Schwäbisch Hall; CUX Kreis Cuxhaven; CW Kreis Calw; D Düsseldorf;
DA Kreis Darmstadt-Dieburg und Stadt Darmstadt; DAH Kreis Dachau; DAN Kreis Lüchow-Dannenberg;
DAU Kreis Vulkaneifel; DBR Kreis Rostock; DD Dresden, Polizei Sachsen; DE Dessau-Roßlau; DEG Kreis Deggendorf;
DEL Delmenhorst; DGF Kreis Dingolfing-Landau; DH Kreis Diepholz; DI Kreis Darmstadt-Dieburg; DIL Lahn-Dill-Kreis;
DIN Kreis Wesel; DIZ Rhein-Lahn-Kreis; DKB Kreis Ansbach; DL Kreis Mittelsachsen; DLG Kreis Dillingen an der Donau;
DM Kreis Mecklenburgische Seenplatte ohne die Stadt Neubrandenburg; DN Kreis Düren; DO Dortmund;
DON Kreis Donau-Ries; DU Duisburg; DUD Kreis Göttingen ohne die Stadt Göttingen;
DW Kreis Sächsische Schweiz-Osterzgebirge; DZ Kreis Nordsachsen; DÜW Kreis Bad Dürkheim; E Essen; EA Wartburgkreis;
EB Kreis Nordsachsen; EBE Kreis Ebersberg; EBN Kreis Haßberge; EBS Kreis Bayreuth, Kreis Forchheim, Kreis Kulmbach;
ECK Kreis Rendsburg-Eckernförde; ED Kreis Erding; EE Kreis Elbe-Elster; EF Erfurt; EG Kreis Rottal-Inn;
EH Kreis Oder-Spree; EI Kreis Eichstätt; EIC Kreis Eichsfeld; EIL Kreis Mansfeld-Südharz; EIN Kreis Northeim;
EIS Saale-Holzland-Kreis; EL Kreis Emsland; EM Kreis Emmendingen; EMD Emden; EMS Rhein-Lahn-Kreis;
EN Ennepe-Ruhr-Kreis; ER Erlangen; ERB Odenwaldkreis; ERH Kreis Erlangen-Höchstadt; ERK Kreis Heinsberg;
ERZ Erzgebirgskreis; ES Kreis Esslingen; ESB Kreis Amberg-Sulzbach, Kreis Bayreuth, Kreis Neustadt an der …;
ESW Werra-Meißner-Kreis; EU Kreis Euskirchen; EW Kreis Barnim; F Frankfurt am Main; FB Wetteraukreis;
FD Kreis Fulda; FDB Kreis Aichach-Friedberg; FDS Kreis Freudenstadt; FEU Kreis Ansbach; FF Frankfurt (Oder);
FFB Kreis Fürstenfeldbruck; FG Kreis Mittelsachsen; FI Kreis Elbe-Elster; FKB Kreis Waldeck-Frankenberg;
FL Flensburg; FLÖ Kreis Mittelsachsen; FN Bodenseekreis; FO Kreis Forchheim; FOR Kreis Spree-Neiße;
FR Freiburg im Breisgau, Kreis Breisgau-Hochschwarzwald; FRG Kreis Freyung-Grafenau; FRI Kreis Friesland;
FRW Kreis Märkisch-Oderland; FS Kreis Freising; FT Frankenthal (Pfalz); FTL Kreis Sächsische Schweiz-Osterzgebirge;
FW Kreis Oder-Spree; FZ Schwalm-Eder-Kreis; FÜ Fürth, Kreis Fürth; FÜS Kreis Ostallgäu; G Gera;
GA Altmarkkreis Salzwedel; GAN Kreis Northeim; GAP Kreis Garmisch-Partenkirchen; GC Kreis Zwickau; GD Ostalbkreis;
GDB Kreis Nordwestmecklenburg ohne die Stadt Wismar; GE Gelsenkirchen; GEL Kreis Kleve;
GEO Kreis Haßberge, Kreis Schweinfurt; GER Kreis Germersheim; GF Kreis Gifhorn; GG Kreis Groß-Gerau;
GHA Kreis Leipzig; GHC Kreis Wittenberg; GI Kreis Gießen; GK Kreis Heinsberg; GL Rheinisch-Bergischer Kreis;
GLA Kreis Recklinghausen; GM Oberbergischer Kreis; GMN Kreis Vorpommern-Rügen ohne die Stadt Stralsund;
GN Main-Kinzig-Kreis ohne die Stadt Hanau; GNT Kreis Jerichower Land; GOA Rhein-Hunsrück-Kreis;
GOH Rhein-Lahn-Kreis; GP Kreis Göppingen; GR Kreis Görlitz; GRA Kreis Freyung-Grafenau; GRH Kreis Meißen;
GRI Kreis Rottal-Inn; GRM Kreis Leipzig; GRZ Kreis Greiz; GS Kreis Goslar; GT Kreis Gütersloh; GTH Kreis Gotha;
GUB Kreis Spree-Neiße; GUN Kreis Weißenburg-Gunzenhausen; GV Rhein-Kreis Neuss;
GVM Kreis Nordwestmecklenburg ohne die Stadt Wismar; GW Kreis Vorpommern-Greifswald ohne die Stadt Greifswald;
GZ Kreis Günzburg; GÖ Kreis Göttingen, Göttingen; GÜ Kreis Rostock; H Region Hannover, Hannover; HA Hagen;
HAB Kreis Bad Kissingen; HAL Halle (Saale); HAM Hamm; HAS Kreis Haßberge;
HB Bremen, Senat und Bürgerschaft, Bremerhaven; HBN Kreis Hildburghausen; HBS Kreis Harz; HC Kreis Mittelsachsen;
HCH Kreis Freudenstadt, Zollernalbkreis; HD Heidelberg, Rhein-Neckar-Kreis; HDH Kreis Heidenheim; HDL Kreis Börde;
HE Kreis Helmstedt; HEB Kreis Nürnberger Land; HEF Kreis Hersfeld-Rotenburg; HEI Kreis Dithmarschen;
HEL Hessen, Landesregierung und Landtag; HER Herne; HET Kreis Mansfeld-Südharz; HF Kreis Herford;
HG Hochtaunuskreis; HGN Kreis Ludwigslust-Parchim; HGW Greifswald;
HH Freie und Hansestadt Hamburg, Senat und Bürgerschaft; HHM Burgenlandkreis; HI Kreis Hildesheim;
HIG Kreis Eichsfeld; HIP Kreis Roth; HK Kreis Heidekreis; HL Lübeck; HM Kreis Hameln-Pyrmont;
HMÜ Kreis Göttingen ohne die Stadt Göttingen; HN Heilbronn, Kreis Heilbronn; HO Hof, Kreis Hof; HOG Kreis Kassel;
HOH Kreis Haßberge; HOL Kreis Holzminden; HOM Saarpfalz-Kreis ohne die Stadt St. Ingbert; HOR Kreis Freudenstadt;
HOT Kreis Zwickau; HP Kreis Bergstraße; HR Schwalm-Eder-Kreis; HRO Rostock; HS Kreis Heinsberg;
HSK Hochsauerlandkreis; HST Stralsund; HU Hanau (Sonderstatusstadt im Main-Kinzig-Kreis), Main-Kinzig-Kreis …;
HV Kreis Stendal; HVL Kreis Havelland; HWI Wismar; HX Kreis Höxter; HY Kreis Bautzen; HZ Kreis Harz;
HÖS Kreis Erlangen-Höchstadt; IGB St. Ingbert (Mittelstadt im Saarpfalz-Kreis); IK Ilm-Kreis; IL Ilm-Kreis;
ILL Kreis Neu-Ulm; IN Ingolstadt; IZ Kreis Steinburg; J Jena; JE Kreis Wittenberg; JL Kreis Jerichower Land;
JÜL Kreis Düren; K Köln; KA Karlsruhe, Kreis Karlsruhe; KB Kreis Waldeck-Frankenberg; KC Kreis Kronach;
KE Kempten (Allgäu); KEH Kreis Kelheim; KEL Ortenaukreis; KEM Kreis Bayreuth, Kreis Tirschenreuth; KF Kaufbeuren;
KG Kreis Bad Kissingen; KH Kreis Bad Kreuznach; KI Kiel; KIB Donnersbergkreis; KK Kreis Viersen;
KL Kaiserslautern, Kreis Kaiserslautern; KLE Kreis Kleve; KLZ Altmarkkreis Salzwedel; KM Kreis Bautzen;
KN Kreis Konstanz ohne die Gemeinde Büsingen am Hochrhein; KO Koblenz; KR Krefeld; KRU Kreis Günzburg;
KS Kreis Kassel und Stadt Kassel; KT Kreis Kitzingen; KU Kreis Kulmbach; KUS Kreis Kusel; KW Kreis Dahme-Spreewald;
KY Kreis Ostprignitz-Ruppin; KYF Kyffhäuserkreis; KÖN Kreis Rhön-Grabfeld; KÖT Kreis Anhalt-Bitterfeld;
KÖZ Kreis Cham; KÜN Hohenlohekreis; L Leipzig, Kreis Leipzig; LA Landshut, Kreis Landshut;
LAN Kreis Dingolfing-Landau; LAU Kreis Nürnberger Land; LB Kreis Ludwigsburg; LBS Saale-Orla-Kreis;
LBZ Kreis Ludwigslust-Parchim; LC Kreis Dahme-Spreewald; LD Landau in der Pfalz; LDK Lahn-Dill-Kreis;
LDS Kreis Dahme-Spreewald; LEO Kreis Böblingen; LER Kreis Leer; LEV Leverkusen;
LF Kreis Altötting, Kreis Berchtesgadener Land, Kreis Traunstein; LG Kreis Lüneburg; LH Kreis Coesfeld, Kreis Unna;
LI Kreis Lindau (Bodensee); LIB Kreis Elbe-Elster; LIF Kreis Lichtenfels; LIP Kreis Lippe;
LL Kreis Landsberg am Lech; LM Kreis Limburg-Weilburg; LN Kreis Dahme-Spreewald; LOS Kreis Oder-Spree;
LP Kreis Soest; LR Ortenaukreis; LRO Kreis Rostock; LSA Sachsen-Anhalt, Landesregierung, Landtag und Polizei;
LSN Sachsen, Landesregierung und Landtag; LSZ Unstrut-Hainich-Kreis; LU Ludwigshafen am Rhein;
LUP Kreis Ludwigslust-Parchim; LWL Kreis Ludwigslust-Parchim; LÖ Kreis Lörrach; LÖB Kreis Görlitz; LÜN Kreis Unna;
M München, Kreis München; MA Mannheim; MAB Erzgebirgskreis; MAI Kreis Kelheim, Kreis Landshut;
MAK Kreis Wunsiedel im Fichtelgebirge; MAL Kreis Landshut, Kreis Straubing-Bogen; MB Kreis Miesbach;
MC Kreis Mecklenburgische Seenplatte ohne die Stadt Neubrandenburg; MD Magdeburg; ME Kreis Mettmann;
MED Kreis Dithmarschen; MEG Schwalm-Eder-Kreis; MEI Kreis Meißen; MEK Erzgebirgskreis; MEL Kreis Osnabrück;
MER Saalekreis; MET Kreis Rhön-Grabfeld; MG Mönchengladbach; MGH Main-Tauber-Kreis;
MGN Kreis Schmalkalden-Meiningen; MH Mülheim an der Ruhr; MHL Unstrut-Hainich-Kreis; MI Kreis Minden-Lübbecke;
MIL Kreis Miltenberg; MK Märkischer Kreis; MKK Main-Kinzig-Kreis ohne die Stadt Hanau; ML Kreis Mansfeld-Südharz;
MM Memmingen; MN Kreis Unterallgäu; MO Kreis Wesel; MOD Kreis Ostallgäu; MOL Kreis Märkisch-Oderland;
MON Städteregion Aachen, Kreis Düren; MOS Neckar-Odenwald-Kreis; MQ Saalekreis; MR Kreis Marburg-Biedenkopf;
MS Münster; MSE Kreis Mecklenburgische Seenplatte ohne die Stadt Neubrandenburg; MSH Kreis Mansfeld-Südharz;
MSP Kreis Main-Spessart; MST Kreis Mecklenburgische Seenplatte ohne die Stadt Neubrandenburg; MTK Main-Taunus-Kreis;
MTL Kreis Leipzig; MVL Mecklenburg-Vorpommern, Landesregierung, Landtag und Polizei; MW Kreis Mittelsachsen;
MY Kreis Mayen-Koblenz; MYK Kreis Mayen-Koblenz; MZ Mainz, Kreis Mainz-Bingen; MZG Kreis Merzig-Wadern;
MÜ Kreis Mühldorf am Inn; MÜB Kreis Bayreuth, Kreis Hof;
MÜR Kreis Mecklenburgische Seenplatte ohne die Stadt Neubrandenburg; N Nürnberg, Kreis Nürnberger Land;
NAB Kreis Amberg-Sulzbach, Kreis Schwandorf; NAI Kreis Hof; NAU Kreis Havelland; NB Neubrandenburg;
ND Kreis Neuburg-Schrobenhausen; NDH Kreis Nordhausen; NE Rhein-Kreis Neuss;
NEA Kreis Neustadt an der Aisch-Bad Windsheim; NEB Burgenlandkreis; NEC Coburg und Landkreis Coburg;
NEN Kreis Schwandorf; NES Kreis Rhön-Grabfeld; NEW Kreis Neustadt an der Waldnaab; NF Kreis Nordfriesland;
NH Kreis Sonneberg; NI Kreis Nienburg/Weser; NK Kreis Neunkirchen; NL Niedersachsen, Landesregierung und Landtag;
NM Kreis Neumarkt in der Oberpfalz; NMB Burgenlandkreis; NMS Neumünster; NOH Kreis Grafschaft Bentheim;
NOL Kreis Görlitz; NOM Kreis Northeim; NOR Kreis Aurich; NP Kreis Ostprignitz-Ruppin; NR Kreis Neuwied;
NRW Nordrhein-Westfalen, Landesregierung, Landtag und Polizei; NT Kreis Esslingen; NU Kreis Neu-Ulm;
NVP Kreis Vorpommern-Rügen ohne die Stadt Stralsund; NW Neustadt an der Weinstraße;
NWM Kreis Nordwestmecklenburg ohne die Stadt Wismar; NY Kreis Görlitz;
NZ Kreis Mecklenburgische Seenplatte ohne die Stadt Neubrandenburg; NÖ Kreis Donau-Ries; OA Kreis Oberallgäu;
OAL Kreis Ostallgäu; OB Oberhausen; OBB Kreis Miltenberg; OBG Kreis Stendal; OC Kreis Börde; OCH Kreis Würzburg;
OD Kreis Stormarn; OE Kreis Olpe; OF Kreis Offenbach und Stadt Offenbach am Main; OG Ortenaukreis;
OH Kreis Ostholstein; OHA Kreis Göttingen ohne die Stadt Göttingen; OHV Kreis Oberhavel; OHZ Kreis Osterholz;
OK Kreis Börde; OL Oldenburg, Kreis Oldenburg; OP Leverkusen; OPR Kreis Ostprignitz-Ruppin;
OS Osnabrück, Kreis Osnabrück; OSL Kreis Oberspreewald-Lausitz; OTW Kreis Neunkirchen; OVI Kreis Schwandorf;
OVL Vogtlandkreis; OVP Kreis Vorpommern-Greifswald ohne die Stadt Greifswald; OZ Kreis Nordsachsen; P Potsdam;
PA Passau, Kreis Passau; PAF Kreis Pfaffenhofen an der Ilm; PAN Kreis Rottal-Inn;
PAR Kreis Kelheim, Kreis Neumarkt in der Oberpfalz; PB Kreis Paderborn; PCH Kreis Ludwigslust-Parchim;
PE Kreis Peine; PEG Kreis Bayreuth, Kreis Forchheim, Kreis Nürnberger Land; PF Pforzheim, Enzkreis;
PI Kreis Pinneberg; PIR Kreis Sächsische Schweiz-Osterzgebirge; PL Vogtlandkreis; PLÖ Kreis Plön;
PM Kreis Potsdam-Mittelmark; PN Saale-Orla-Kreis; PR Kreis Prignitz; PRÜ Eifelkreis Bitburg-Prüm;
PS Pirmasens, Kreis Südwestpfalz; PW Kreis Vorpommern-Greifswald ohne die Stadt Greifswald; PZ Kreis Uckermark;
QFT Saalekreis; QLB Kreis Harz; R Regensburg, Kreis Regensburg; RA Kreis Rastatt; RC Vogtlandkreis;
RD Kreis Rendsburg-Eckernförde; RDG Kreis Vorpommern-Rügen ohne die Stadt Stralsund; RE Kreis Recklinghausen;
REG Kreis Regen; REH Kreis Hof, Kreis Wunsiedel im Fichtelgebirge; REI Kreis Berchtesgadener Land; RG Kreis Meißen;
RH Kreis Roth; RI Kreis Schaumburg; RID Kreis Kelheim; RIE Kreis Meißen; RL Kreis Mittelsachsen;
RM Kreis Mecklenburgische Seenplatte ohne die Stadt Neubrandenburg; RN Kreis Havelland;
RO Rosenheim, Kreis Rosenheim; ROD Kreis Cham, Kreis Schwandorf; ROF Kreis Hersfeld-Rotenburg; ROK Donnersbergkreis;
ROL Kreis Kelheim, Kreis Landshut; ROS Kreis Rostock; ROT Kreis Ansbach; ROW Kreis Rotenburg (Wümme);
RP Rhein-Pfalz-Kreis; RPL Rheinland-Pfalz, Landesregierung, Landtag und Polizei; RS Remscheid; RSL Dessau-Roßlau;
RT Kreis Reutlingen; RU Kreis Saalfeld-Rudolstadt; RV Kreis Ravensburg; RW Kreis Rottweil;
RZ Kreis Herzogtum Lauenburg; RÜD Rheingau-Taunus-Kreis; RÜG Kreis Vorpommern-Rügen ohne die Stadt Stralsund;
S Stuttgart; SAB Kreis Trier-Saarburg; SAD Kreis Schwandorf; SAL Saarland, Landesregierung, Landtag und Polizei;
SAN Kreis Hof, Kreis Kronach, Kreis Kulmbach; SAW Altmarkkreis Salzwedel;
SB Regionalverband Saarbrücken ohne die Stadt Völklingen; SBG Kreis Vorpommern-Greifswald ohne die Stadt Greifswald;
SBK Salzlandkreis; SC Schwabach; SCZ Saale-Orla-Kreis; SDH Kyffhäuserkreis; SDL Kreis Stendal; SDT Kreis Uckermark;
SE Kreis Segeberg; SEB Kreis Sächsische Schweiz-Osterzgebirge; SEE Kreis Märkisch-Oderland;
SEF Kreis Neustadt an der Aisch-Bad Windsheim; SEL Kreis Wunsiedel im Fichtelgebirge;
SFB Kreis Oberspreewald-Lausitz; SFT Salzlandkreis; SG Solingen; SGH Kreis Mansfeld-Südharz;
SH Schleswig-Holstein, Landesregierung, Landtag und Polizei; SHA Kreis Schwäbisch Hall; SHG Kreis Schaumburg;
SHK Saale-Holzland-Kreis; SHL Suhl; SI Kreis Siegen-Wittgenstein; SIG Kreis Sigmaringen; SIM Rhein-Hunsrück-Kreis;
SK Saalekreis; SL Kreis Schleswig-Flensburg; SLE Kreis Düren, Kreis Euskirchen; SLF Kreis Saalfeld-Rudolstadt;
SLG Kreis Ravensburg, Kreis Sigmaringen; SLK Salzlandkreis; SLN Kreis Altenburger Land; SLS Kreis Saarlouis;
SLZ Wartburgkreis; SLÜ Main-Kinzig-Kreis ohne die Stadt Hanau; SM Kreis Schmalkalden-Meiningen; SMÜ Kreis Augsburg;
SN Schwerin; SO Kreis Soest; SOB Kreis Neuburg-Schrobenhausen; SOG Kreis Weilheim-Schongau; SOK Saale-Orla-Kreis;
SON Kreis Sonneberg; SP Speyer; SPB Kreis Spree-Neiße; SPN Kreis Spree-Neiße; SR Kreis Straubing-Bogen, Straubing;
SRB Kreis Märkisch-Oderland; SRO Saale-Holzland-Kreis; ST Kreis Steinfurt; STA Kreis Starnberg;
STB Kreis Ludwigslust-Parchim; STD Kreis Stade; STE Kreis Lichtenfels; STL Erzgebirgskreis;
STO Kreis Konstanz, Kreis Sigmaringen; SU Rhein-Sieg-Kreis; SUL Kreis Amberg-Sulzbach;
SW Schweinfurt, Kreis Schweinfurt; SWA Rheingau-Taunus-Kreis; SY Kreis Diepholz; SZ Salzgitter; SZB Erzgebirgskreis;
SÄK Kreis Waldshut; SÖM Kreis Sömmerda; SÜW Kreis Südliche Weinstraße; TBB Main-Tauber-Kreis; TDO Kreis Nordsachsen;
TE Kreis Steinfurt; TET Kreis Rostock; TF Kreis Teltow-Fläming; TG Kreis Nordsachsen;
THL Thüringen, Landesregierung und Landtag; THW Technisches Hilfswerk; TIR Kreis Tirschenreuth;
TO Kreis Nordsachsen; TP Kreis Uckermark; TR Kreis Trier-Saarburg und Stadt Trier; TS Kreis Traunstein;
TT Bodenseekreis; TUT Kreis Tuttlingen; TÖL Kreis Bad Tölz-Wolfratshausen; TÜ Kreis Tübingen; UE Kreis Uelzen;
UEM Kreis Vorpommern-Greifswald ohne die Stadt Greifswald;
UER Kreis Vorpommern-Greifswald ohne die Stadt Greifswald; UFF Kreis Neustadt an der Aisch-Bad Windsheim;
UH Unstrut-Hainich-Kreis; UL Ulm, Alb-Donau-Kreis; UM Kreis Uckermark; UN Kreis Unna; USI Hochtaunuskreis;
V Vogtlandkreis; VAI Kreis Ludwigsburg; VB Vogelsbergkreis; VEC Kreis Vechta; VER Kreis Verden;
VG Kreis Vorpommern-Greifswald ohne die Stadt Greifswald;
VIB Kreis Landshut, Kreis Mühldorf a.Inn, Kreis Rottal-Inn; VIE Kreis Viersen; VIT Kreis Regen;
VK Völklingen (Mittelstadt im Regionalverband Saarbrücken); VOH Kreis Neustadt an der Waldnaab;
VR Kreis Vorpommern-Rügen ohne die Stadt Stralsund; VS Schwarzwald-Baar-Kreis; W Wuppertal;
WA Kreis Waldeck-Frankenberg; WAF Kreis Warendorf; WAK Wartburgkreis; WAN Herne; WAR Kreis Höxter; WAT Bochum;
WB Kreis Wittenberg; WBG Wolfsburg; WBS Kreis Eichsfeld; WDA Kreis Zwickau; WE Weimar; WEL Kreis Limburg-Weilburg;
WEN Weiden in der Oberpfalz; WER Kreis Augsburg, Kreis Dillingen an der Donau; WES Kreis Wesel;
WF Kreis Wolfenbüttel; WG Kreis Ravensburg; WHV Wilhelmshaven; WI Wiesbaden; WIL Kreis Bernkastel-Wittlich;
WIS Kreis Nordwestmecklenburg ohne die Stadt Wismar; WIT Ennepe-Ruhr-Kreis; WIZ Werra-Meißner-Kreis;
WK Kreis Ostprignitz-Ruppin; WL Kreis Harburg; WLG Kreis Vorpommern-Greifswald ohne die Stadt Greifswald;
WM Kreis Weilheim-Schongau; WMS Kreis Börde; WN Rems-Murr-Kreis; WND Kreis St. Wendel; WO Worms; WOB Wolfsburg;
WOH Kreis Kassel; WOL Kreis Freudenstadt, Ortenaukreis;
WOR Kreis Bad Tölz-Wolfratshausen, Kreis München, Kreis Starnberg; WOS Kreis Freyung-Grafenau; WR Kreis Harz;
WRN Kreis Mecklenburgische Seenplatte ohne die Stadt Neubrandenburg; WS Kreis Mühldorf a.Inn, Kreis Rosenheim;
WSF Burgenlandkreis; WST Kreis Ammerland; WSW Kreis Görlitz; WT Kreis Waldshut; WTL Kreis Osnabrück;
WTM Kreis Wittmund; WUG Kreis Weißenburg-Gunzenhausen; WUN Kreis Wunsiedel im Fichtelgebirge; WUR Kreis Leipzig;
WW Westerwaldkreis; WZ Lahn-Dill-Kreis; WZL Kreis Börde; WÜ Würzburg, Kreis Würzburg; WÜM Kreis Cham; X NATO;
Y Bundeswehr; Z Kreis Zwickau; ZE Kreis Anhalt-Bitterfeld; ZEL Kreis Cochem-Zell; ZI Kreis Görlitz;
ZIG Schwalm-Eder-Kreis; ZP Erzgebirgskreis; ZR Kreis Greiz; ZW Zweibrücken, Kreis Südwestpfalz; ZZ Burgenlandkreis;
ÖHR Hohenlohekreis; ÜB Bodenseekreis, Kreis Ravensburg, Kreis Sigmaringen
`;

const placeByCode: ReadonlyMap<string, string> = new Map(
	PLACES_BY_CODE.split(';').map((entry) => {
		const [code = '', ...place] = entry.trim().split(/\s/);
		return [code, place.join(' ')] as const;
	})
);

/** Abolished codes of South Westphalia: not given out again, but old vehicles still carry them (§ 9 Abs. 3 Satz 6 FZV). */
const LEGACY: ReadonlyMap<string, string> = new Map([
	['LÜD', 'Lüdenscheid'],
	['AR', 'Arnsberg'],
	['BRI', 'Brilon'],
	['MES', 'Meschede']
]);

/** Codes of § 9 Abs. 1 Satz 6 and Anlage 2 FZV whose vehicles carry digits only. */
const AUTHORITY_CODES: ReadonlySet<string> = new Set(
	'0 BD BG BP BW THW Y X B BBL BWL BYL HB HEL HH LSA LSN MVL NL NRW RPL SAL SH THL'.split(' ')
);
/** Of these, the ones that are a town's code too, with letters in the number. */
const ALSO_A_TOWN: ReadonlySet<string> = new Set(['B', 'HB', 'HH']);

export const plateCodePlace = (code: string): string | null => placeByCode.get(code) ?? null;
export const legacyPlateCodePlace = (code: string): string | null => LEGACY.get(code) ?? null;
export const isAuthorityCode = (code: string): boolean => AUTHORITY_CODES.has(code);
/** True when a plate of this code never has letters in its number, as `BP 15-123`. */
export const isAuthorityOnlyCode = (code: string): boolean => AUTHORITY_CODES.has(code) && !ALSO_A_TOWN.has(code);
export const plateCodes = (): readonly string[] => [...placeByCode.keys()];
