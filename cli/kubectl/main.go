// Command kubectl-reader prints what kubectl reads in texts, with the decoder of kubectl itself.
//
// Standard input is a JSON list of texts. Standard output is a JSON list with, for each, the documents as JSON and the error that
// ended the reading, if there was one.
package main

import (
	"bytes"
	"encoding/json"
	"io"
	"log"
	"os"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"
)

type answer struct {
	Documents []json.RawMessage `json:"documents"`
	Error     string            `json:"error,omitempty"`
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		log.Fatal(err)
	}
	answers := make([]answer, len(texts))
	for i, text := range texts {
		answers[i] = read([]byte(text))
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		log.Fatal(err)
	}
}

// read does what StreamVisitor and FileVisitor of k8s.io/cli-runtime/pkg/resource do with a file.
func read(content []byte) answer {
	found := answer{Documents: []json.RawMessage{}}
	text := transform.NewReader(bytes.NewReader(content), unicode.BOMOverride(unicode.UTF8.NewDecoder()))
	decoder := yaml.NewYAMLOrJSONDecoder(text, 4096)
	for {
		var document runtime.RawExtension
		if err := decoder.Decode(&document); err == io.EOF {
			return found
		} else if err != nil {
			found.Error = err.Error()
			return found
		}
		raw := bytes.TrimSpace(document.Raw)
		if len(raw) > 0 && !bytes.Equal(raw, []byte("null")) {
			found.Documents = append(found.Documents, raw)
		}
	}
}
