/** Data sets and splits: the tasks that make them, the files they are kept in, pictures of single images. */
package dev.engram.trainer.dataset;
