import { findsNoFault } from '../support/accessibility.js';
import { phone, inBrowser } from '../support/browser.js';

inBrowser('Accessibility, light and dark, narrow', (stage) => findsNoFault(stage, phone));
