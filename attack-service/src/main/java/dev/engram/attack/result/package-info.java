/** Finished attacks as they are asked for: figures, and attacked images page by page. */
package dev.engram.attack.result;
