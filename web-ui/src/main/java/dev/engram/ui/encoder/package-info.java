/** Networks and encoders: their lists and pages, and two encoders side by side. */
package dev.engram.ui.encoder;
