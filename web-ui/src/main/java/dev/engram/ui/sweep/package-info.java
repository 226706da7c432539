/** The same attack against pairs trained differently: its request, its progress, its figures. */
package dev.engram.ui.sweep;
