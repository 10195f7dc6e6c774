// Every element of ours that does something. Deployed as one file (config.staticfiles);
// a browser follows the imports otherwise.
import "./site-menu.js";
import "./reader-contents.js";
import "./citation-notes.js";
import "./copy-bibtex.js";
import "./figure-view.js";
import "./sliding-row.js";
import "./video-screen.js";
import "./outside-video.js";
import "./asked-questions.js";
import "./offline-notice.js";
import "./useful-question.js";
