/** Fields of forms, known by the path of the request field they fill, so that a refusal is shown where it belongs. */
package dev.engram.ui.form;
