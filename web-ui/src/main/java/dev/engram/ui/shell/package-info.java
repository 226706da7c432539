/** The frame around every page: navigation, problems, and the state of a page in its URL. */
package dev.engram.ui.shell;
