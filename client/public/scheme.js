// Sets the colour scheme before the first paint, so that a dark page never flashes white. A file, not inline: the page's CSP allows no inline script.
(function () {
  var stored = null;
  try {
    stored = localStorage.getItem('mantine-color-scheme-value');
  } catch (blocked) {
    stored = null;
  }
  // A page within another one looks as that one says; what is stored is for Seatwise itself.
  var asked = location.pathname.indexOf('/embed/') === 0 ? /"scheme":"(light|dark|auto)"/.exec(decodeURIComponent(location.hash)) : null;
  if (location.pathname.indexOf('/embed/') === 0) stored = asked ? asked[1] : null;
  var dark = matchMedia('(prefers-color-scheme: dark)').matches;
  var scheme = stored === 'light' || stored === 'dark' ? stored : dark ? 'dark' : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
