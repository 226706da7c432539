/** Pictures of single images and files of artifacts, as the browser fetches them. */
package dev.engram.ui.picture;
