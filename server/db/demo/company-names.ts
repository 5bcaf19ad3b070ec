/** A country of the demo, by its ISO 3166 code. */
export type Country =
  | 'GB' | 'US' | 'DE' | 'FR' | 'JP' | 'CH' | 'SE' | 'NO' | 'DK' | 'CA' | 'AU' | 'NL' | 'ES' | 'IT' | 'AT' | 'FI' | 'IE' | 'PL';

/** Invented resellers in the order of their ids. */
export const partnerNames: readonly (readonly [name: string, country: Country])[] = [
  ['Larkspur & Finch Software Resale Ltd', 'GB'],
  ['Bellwether Channel Group Inc.', 'US'],
  ['Weißdorn Systemhaus GmbH', 'DE'],
  ['Courtepointe Distribution SAS', 'FR'],
  ['Aomine Mori Solutions K.K.', 'JP'],
  ['Fjordlykt Partner AS', 'NO'],
  ['Kastanjelund Licenser A/S', 'DK'],
  ['Silverbjörk Återförsäljning AB', 'SE'],
  ['Maple Quay Licensing Ltd.', 'CA'],
  ['Wattlebrook Cloud Services Pty Ltd', 'AU'],
  ['Steinrösli Lizenzhandel AG', 'CH'],
  ['Tulpenwal Software B.V.', 'NL'],
];

/** The company with id 1. */
export const firstCompany = { name: 'Thornbury Vale Logistics Ltd', country: 'GB' } as const;

/** Invented companies by country. */
export const companyNames: Readonly<Record<Country, readonly string[]>> = {
  GB: [
    'O\'Hanrahan & Pell Solicitors LLP', 'Marchmont Quill Publishing Ltd', 'Ashdown Ferrier Holdings plc', 'Penhallow Ceramics Ltd',
    'Wexcombe Rail Maintenance Ltd', 'Cinderford Brewing Company Ltd', 'Harrowgate Mill Textiles Ltd', 'Tamarind Row Foods Ltd',
    'Brackenmoor Housing Association', 'Saltmarsh Offshore Engineering plc', 'Pemberwick Insurance Brokers Ltd', 'Oakhanger Surveying Ltd',
    'Kittiwake Marine Instruments Ltd', 'The Greater Fenland Agricultural Machinery and Seed Supply Cooperative Society Ltd',
    'Lowther Green Energy Ltd', 'Dunmore Castle Hotels Ltd', 'Abbotsleigh Schools Trust', 'Rookery Lane Studios Ltd',
    'Clyde & Carrick Shipping Agents Ltd', 'Velvet Heron Design Ltd', 'Cairnfell Diagnostics Ltd',
  ],
  US: [
    'Copper Mesa Health Systems, Inc.', 'Prairie Lantern Media LLC', 'Tallgrass Freight Inc.', 'Juniper Hollow Credit Union',
    'Blue Cistern Water Technologies Inc.', 'Three Rivers Orthopedic Supply LLC', 'Halcyon Ridge Analytics Inc.', 'Redbud County Utilities',
    'Ponderosa Point Resorts LLC', 'Steelhead Robotics Corp.', 'Magnolia Wharf Seafood Co.', 'Quarry Town Construction Inc.',
    'Osprey Lake Aviation LLC', 'Sagebrush & Daughters Furniture Inc.', 'Lanternfish Biosciences Inc.', 'Kettle Falls Paper Co.',
    'Westering Sky Airways Inc.', 'Cobblestone Harbor Realty LLC', 'Ninth Ward Coffee Roasters', 'Amberwood Pediatric Group',
    'Iron Thistle Games Inc.', 'Chestnut Bend Community College',
  ],
  DE: [
    'Grünwaldner Präzisionstechnik GmbH', 'Möwenberg Versicherungs-AG', 'Kranichfeld Maschinenbau GmbH & Co. KG', 'Süderhafen Reederei GmbH',
    'Lindenspiel Verlag GmbH', 'Bäckerei Sonnleithner & Söhne KG', 'Eisvogel Energiewerke AG', 'Rotdorn Pharma GmbH',
    'Haselnuss Digitalagentur GmbH', 'Oberlausnitzer Glashütte GmbH', 'Wiesenkamp Landtechnik GmbH', 'Tannhäuser Klinikverbund gGmbH',
    'Felsenbrunn Mineralquellen GmbH', 'Schwarzmühle Elektronik AG', 'Norddeichische Gesellschaft für angewandte Umwelt- und Küstenforschung mbH',
    'Königsbrücker Werkzeuge GmbH',
  ],
  FR: [
    'Éditions du Vieux Moulin SA', 'Chênevert Assurances SA', 'Ateliers Brûlefer SARL', 'Laboratoires Montclairet SAS', 'Crème & Noisette SARL',
    'Société Lyonnaise des Tisserands Réunis', 'Pont-Aubry Ingénierie SAS', 'Hôtellerie de la Forêt Bleue SA', 'Vignobles Castelrouget SCEA',
    'Télécoms du Littoral SA',
  ],
  JP: [
    'Hoshikawa Seimitsu K.K.', 'Aozora Minato Butsuryū K.K.', 'Kitanohama Shokuhin Co., Ltd.', 'Tsukimori Denki Kōgyō K.K.', 'Yamabuki Seiyaku K.K.',
    'Shiroishi-gawa Kensetsu K.K.', 'Matsukaze Shuppan K.K.', 'Ōtsubaki Ryokan Group K.K.',
  ],
  CH: [
    'Bergkristall Uhrwerke AG', 'Zürcher Kantonsgarage Rüegsegger AG', 'Lac Bleu Gestion de Fortune SA', 'Enzianhof Käserei AG', 'Gotthelf Medizintechnik AG',
    'Ticinello Logistica SA', 'Weisshornblick Treuhand AG',
  ],
  SE: [
    'Älvkarla Skogsbruk AB', 'Björkhagens Verkstad AB', 'Midnattsljus Studios AB', 'Sjöstjärnan Rederi AB', 'Rödklöver Livsmedel AB', 'Granviks Stålbyggnad AB',
    'Tallkotten Förskolor AB', 'Östanvind Energi AB',
  ],
  NO: [
    'Nordvågen Havbruk AS', 'Tindesmia Industrier AS', 'Bjørnefoss Kraft AS', 'Solbærhagen Barnehager AS', 'Skjærgårdens Båtbyggeri AS', 'Elvedalen Meieri AS',
  ],
  DK: [
    'Rugbrødsfabrikken Møllehuset ApS', 'Havørnen Vindteknik A/S', 'Grønnegade Arkitekter A/S', 'Sølvmågen Transport A/S', 'Æblegården Fødevarer A/S',
    'Klintebakken Revision P/S',
  ],
  CA: [
    'Loon Bay Forestry Ltd.', 'Les Aciéries de la Rivière-aux-Érables inc.', 'Tamarack Junction Rail Inc.', 'Snowgoose Air Cargo Ltd.', 'Prairie Crocus Seeds Co.',
    'Fundy Tide Power Corp.', 'Caribou Gate Mining Ltd.', 'Boréalys Santé inc.',
  ],
  AU: [
    'Bottlebrush Building Supplies Pty Ltd', 'Kookaburra Flat Wines Pty Ltd', 'Coral Shelf Marine Services Pty Ltd', 'Red Gum Mutual Bank', 'Banksia Hill Veterinary Group',
    'Spinifex Haulage Pty Ltd', 'Currawong Valley Shire Council', 'Saltbush Solar Pty Ltd',
  ],
  NL: [
    'Polderlicht Energie B.V.', 'Van Wijngaarden-Kuipers Bloemen B.V.', 'Zeearend Scheepvaart N.V.', 'Kaasmeesterij De Gouden Wiel B.V.', 'Dijkzicht Adviesgroep B.V.',
    'Windroos Zorg Stichting',
  ],
  ES: [
    'Olivares de Valdecañas S.L.', 'Construcciones Peñafuerte S.A.', 'Bodegas Núñez del Alcor S.L.', 'Transportes Golondrina S.A.', 'Clínica Mar Serena S.L.',
    'Cerámicas Azulejar S.A.',
  ],
  IT: [
    'Officine Meccaniche Castelnerini S.p.A.', 'Pastificio Oro di Gragnola S.r.l.', 'Cantieri Navali Torrebianca S.p.A.', 'Tessitura Bellaspina S.r.l.',
    'Studio Legale Morandini, Ferraguti e Associati', 'Farmaceutici Aurelienti S.p.A.',
  ],
  AT: ['Donauperle Schifffahrt GmbH', 'Höllgraben Seilbahnen AG', 'Almrausch Naturkosmetik GmbH'],
  FI: ['Järvikuusi Paperi Oy', 'Revontuli Peliohjelmistot Oy', 'Pohjanmaan Hirsitalot Oy'],
  IE: ['Glenmorroe Dairy Cooperative Society', 'Sandcove Medical Devices DAC', 'Brannock Peat & Timber Ltd'],
  PL: ['Złotowiec Narzędzia Sp. z o.o.', 'Bursztynowa Przystań S.A.'],
};
