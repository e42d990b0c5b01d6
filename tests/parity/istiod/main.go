// Command istiod says what istiod's webhook would say of documents: one in JSON a line from standard input, one answer in
// JSON a line into the file that is named. Built in lab/tools/istio, whose go.mod holds the versions.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/config/schema/resource"
)

// Documents may be large: a Lua script of 64 KB is one of the cases.
const longestLine = 64 << 20

type answer struct {
	// Misshapen: the document cannot be read as its kind.
	Misshapen string `json:"misshapen"`
	Refusal   string `json:"refusal"`
	Warning   string `json:"warning"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) != 2 {
		return fmt.Errorf("expected the name of the file to write, got %q", os.Args[1:])
	}
	// Not standard output, because Istio logs there.
	file, err := os.Create(os.Args[1])
	if err != nil {
		return err
	}
	defer file.Close()
	answers := bufio.NewWriter(file)
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, longestLine)
	encoder := json.NewEncoder(answers)
	for lines.Scan() {
		if err := encoder.Encode(ask(lines.Bytes())); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	return answers.Flush()
}

func ask(line []byte) answer {
	var object crd.IstioKind
	if err := json.Unmarshal(line, &object); err != nil {
		return answer{Misshapen: err.Error()}
	}
	schema := schemaOf(&object)
	if schema == nil {
		return answer{Misshapen: "no kind of Istio's"}
	}
	config, err := crd.ConvertObject(schema, &object, "")
	if err != nil {
		return answer{Misshapen: err.Error()}
	}
	warning, refusal := schema.ValidateConfig(*config)
	return answer{Refusal: text(refusal), Warning: text(warning)}
}

func schemaOf(object *crd.IstioKind) resource.Schema {
	wanted := object.GroupVersionKind()
	for _, schema := range collections.Pilot.All() {
		if schema.Kind() == wanted.Kind && schema.Group() == wanted.Group {
			return schema
		}
	}
	return nil
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
