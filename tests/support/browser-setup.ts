/** What component tests need around a component: the styles of the app. */
import '../../src/app.css';
