/** One experiment with several seeds: its request, its progress, its figures. */
package dev.engram.ui.replicates;
