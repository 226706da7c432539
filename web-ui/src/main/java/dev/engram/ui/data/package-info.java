/** Data sets and splits: their lists, and a look at the images. */
package dev.engram.ui.data;
