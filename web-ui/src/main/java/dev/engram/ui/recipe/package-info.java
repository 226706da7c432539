/** Recipes of training: a form with every value, built from what the trainer says a recipe may use. */
package dev.engram.ui.recipe;
