// Package markup writes the few HTML pages of this program. html/template is not used: through reflection it keeps every
// exported method of every type in the program, which makes it a sixth larger.
package markup

import (
	"fmt"
	"html"
)

// HTML is text whose tags a browser may read. Constants and embedded files become HTML; everything else goes through
// Fill.
type HTML string

// Fill puts values into the places of a layout, which are those of fmt.Sprintf. HTML stays as it is. All else is
// escaped, and is then safe between tags and in a quoted attribute that holds no script.
func Fill(layout HTML, values ...any) HTML {
	safe := make([]any, len(values))
	for i, value := range values {
		if _, ok := value.(HTML); ok {
			safe[i] = value
			continue
		}
		safe[i] = html.EscapeString(fmt.Sprint(value))
	}
	return HTML(fmt.Sprintf(string(layout), safe...))
}

// Some fills in a text, or returns nothing where the text is empty.
func Some(layout HTML, text string) HTML {
	if text == "" {
		return ""
	}
	return Fill(layout, text)
}
