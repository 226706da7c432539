/** How values read: numbers, times, sizes, names. Pure functions of the value. */
package dev.engram.ui.format;
