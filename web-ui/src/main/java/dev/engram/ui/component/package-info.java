/** Building blocks of pages. They know no service. */
package dev.engram.ui.component;
