import { findsNoFault } from '../support/accessibility.js';
import { desktop, inBrowser } from '../support/browser.js';

inBrowser('Accessibility, light and dark, wide', (stage) => findsNoFault(stage, desktop));
