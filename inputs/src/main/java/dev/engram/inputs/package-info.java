/**
 * What runs read of each other, between {@code runs}, which fetch files and know no science, and {@code encoders}, which read them and know no run. Whatever more than
 * one service reads belongs here; what one alone reads belongs to that service.
 */
package dev.engram.inputs;
