/** Words that the addresses of invented sites are made of. */
export const siteWords = {
  first: [
    'amber', 'birch', 'cedar', 'copper', 'coral', 'cobalt', 'dapper', 'ember', 'fennel', 'garnet', 'granite', 'hazel', 'indigo', 'ivory', 'juniper',
    'larch', 'lilac', 'linden', 'maple', 'marble', 'nettle', 'nimbus', 'ochre', 'olive', 'opal', 'pebble', 'poppy', 'quartz', 'quiet', 'rowan', 'saffron',
    'silver', 'sorrel', 'tansy', 'thistle', 'umber', 'velvet', 'violet', 'walnut', 'willow',
  ],
  second: [
    'atelier', 'bakery', 'bindery', 'boatyard', 'books', 'camera', 'chapel', 'clinic', 'cycles', 'dental', 'dispatch', 'farm', 'festival', 'forge', 'gallery',
    'garden', 'harbour', 'hostel', 'house', 'kitchen', 'lab', 'law', 'lodge', 'market', 'mill', 'museum', 'music', 'optics', 'orchard', 'outfitters', 'physio',
    'pottery', 'press', 'radio', 'roasters', 'school', 'studio', 'tiles', 'travel', 'yoga',
  ],
} as const;
