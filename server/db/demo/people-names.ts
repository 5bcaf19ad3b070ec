import type { Country } from './company-names.js';

/** First and last names that go together. */
export interface NamePool {
  first: readonly string[];
  last: readonly string[];
}

const pool = (first: string, last: string): NamePool => ({ first: first.split(','), last: last.split(',') });

const english = pool(
  'Amelia,Oliver,Grace,Harry,Priya,Callum,Hannah,Marcus,Naomi,Ethan,Chloe,Desmond,Isla,Jamal,Rosie,Theo,Beatrice,Aaron,Megan,Winston,Fiona,Patrick,Zara,Gareth,Joanna,Tyrone,Lucy,Nathaniel',
  'Ashworth,Okafor,Bennett,Chaudhry,Pemberton,Sinclair,Whitfield,MacLeod,Adeyemi,Holloway,Rutherford,Patel,Gallagher,Fairbanks,Delgado,Kowalski,Thackeray,Osborne,Nguyen,Llewellyn,Castellano,Barrowman,Singh,Hargreaves,O\'Connell,Winslow,Abernathy,Truong',
);
const german = pool(
  'Anneliese,Jürgen,Katharina,Matthias,Sabine,Björn,Lieselotte,Florian,Ulrike,Tobias,Mareike,Günther,Friederike,Sebastian,Aylin,Lukas,Heike,Mehmet,Franziska,Moritz,Birgit,Cem',
  'Müller,Schönfeld,Bärwald,Köhlbrand,Yıldırım,Hagedorn,Weißmann,Brückner,Oberländer,Lehnhoff,Steinhauer,Großkopf,Pfeiffer,Krämer,Jankowski,Rößler,Vogelsang,Aydın,Strathmann,Engelbrecht,Zimmerling,Dörfler',
);
const french = pool(
  'Amélie,Étienne,Solène,Baptiste,Chloé,Rémi,Françoise,Théo,Aïcha,Gaëlle,Olivier,Maëlys,Jérôme,Inès,Benoît,Élodie,Karim,Noémie,Pascal,Anaïs',
  'Delacroix,Lefèvre,Benhamou,Garçon,Montfort,Béranger,Chevallier,Diallo,Rousselet,Hébert,Vasseur,Pélissier,Traoré,Courtois,Lemaître,Gauthereau,Amrani,Duchêne,Thibault,Marchandeau',
);
const japanese = pool(
  'Haruka,Kenji,Yūko,Takumi,Sakura,Daiki,Ayumi,Shōta,Naoko,Ryō,Mei,Hiroshi,Emi,Kazuo,Rina,Satoshi,Chihiro,Yōsuke',
  'Hoshino,Kawabata,Ōshima,Matsuzaki,Fujimori,Tachibana,Ishiguro,Kurosawa,Nakahara,Shirakawa,Uehara,Morimoto,Endō,Hasegawa,Kitamura,Sugiyama,Aoyagi,Takemoto',
);
const nordic = pool(
  'Åsa,Lars,Ingrid,Bjørn,Freja,Søren,Linnéa,Henrik,Sigrid,Magnus,Kåre,Astrid,Jørgen,Maja,Östen,Kirsten,Mikkel,Solveig,Emil,Tuva,Rasmus,Hedda',
  'Lindqvist,Bergström,Nygård,Sørensen,Åkesson,Halvorsen,Kjærgaard,Sjögren,Tveit,Møller,Dahlgren,Østergaard,Haugen,Nordin,Frisk,Bjerregaard,Ekström,Solberg,Vestergaard,Löfgren,Rønning,Hedlund',
);
const dutch = pool(
  'Sanne,Daan,Femke,Joost,Lotte,Bram,Anouk,Thijs,Marijke,Ruben,Fleur,Wouter,Noor,Maarten,Saskia,Yusuf',
  'de Vries,van den Berg,Kuipers,Hoekstra,van Dijk,Brouwer,Schouten,El Amrani,Verhoeven,Dijkstra,ter Horst,Molenaar,van der Linden,Postma,Kramer,Vermeulen',
);
const spanish = pool(
  'Lucía,Íñigo,María José,Álvaro,Carmen,Sebastián,Nuria,Joaquín,Pilar,Andrés,Begoña,Raúl,Marisol,Hernán,Ximena,Tomás',
  'Ibáñez,Peñalver,Castaño,Villanueva,Ordóñez,Quintana,Muñoz,Aguirre,Benítez,Zorrilla,Salvatierra,Echeverría,Núñez,Arriaga,Lozano,Cifuentes',
);
const italian = pool(
  'Chiara,Lorenzo,Giulia,Niccolò,Francesca,Matteo,Elisabetta,Davide,Serena,Gianluca,Ornella,Federico,Noemi,Pietro,Letizia,Ruggero',
  'Bellandi,Cattaneo,D\'Angeli,Ferraguti,Lombardini,Morosetti,Pellegrino,Quaranta,Rinaldini,Santoro,Tagliaferri,Venturelli,Zanetti,Bonfiglio,Caruso,Fabbri',
);
const finnish = pool(
  'Aino,Eero,Päivi,Juhani,Sanna,Väinö,Tuuli,Mikko,Helmi,Jari,Outi,Antti',
  'Korhonen,Mäkelä,Järvinen,Lehtonen,Hämäläinen,Rantala,Ylönen,Saarinen,Koskela,Niemi,Äijälä,Laukkanen',
);
const polish = pool(
  'Agnieszka,Łukasz,Małgorzata,Paweł,Zofia,Wojciech,Katarzyna,Michał,Dorota,Grzegorz',
  'Wiśniewska,Kamiński,Żuraw,Dąbrowski,Nowacka,Sikorski,Gołębiowska,Mazurek,Świątek,Pawlak',
);

/** Names from everywhere: no company employs one nation only. */
export const worldPool = pool(
  'Ananya,Wei,Thiago,Fatima,Chinedu,Nur,Mateus,Olena,Arjun,Leila,Minh,Zanele,Goran,Noa,Seo-yeon,Emre,Kofi,Beatriz,Dimitris,Svetlana,Tariq,Mónica,Ravi,Yasmin',
  'Krishnamurthy,Zhang,Gonçalves,Al-Rashid,Eze,Wijaya,Carvalho,Shevchenko,Mehta,Haddad,Tran,Dlamini,Petrović,Ben-Ami,Park,Demir,Mensah,Nascimento,Papadakis,Ivanova,Hussain,Szabó,Iyer,Farouk',
);

/** The names that are common in a country. */
export const localPools: Readonly<Record<Country, NamePool>> = {
  GB: english, US: english, CA: english, AU: english, IE: english, DE: german, AT: german, CH: german, FR: french, JP: japanese,
  SE: nordic, NO: nordic, DK: nordic, NL: dutch, ES: spanish, IT: italian, FI: finnish, PL: polish,
};
