/** What a terminal says of checkpoints, and how their bytes get into the store and out of it. The commands are a package above. */
package dev.engram.local.checkpoint;
