/**
 * The browser page: lists, figures, galleries and forms over the gRPC services of Engram. It computes no science and
 * stores nothing; what it shows it asks for, and what it shows of its own state is in the URL.
 */
package dev.engram.ui;
