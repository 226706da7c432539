/** Figures: from a result to what ECharts draws and to the CSV of the same numbers. Pure, except for the element itself. */
package dev.engram.ui.chart;
