/** Reports of finished attacks: one self-contained page and the same as JSON, made of results alone and byte-identical each time. */
package dev.engram.attack.audit;
