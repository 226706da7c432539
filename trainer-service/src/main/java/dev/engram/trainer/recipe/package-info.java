/** What a training recipe may say, what it means when it says nothing, and the recipes that have a name. */
package dev.engram.trainer.recipe;
