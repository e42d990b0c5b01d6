package main

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// environment is a getenv over fixed values.
func environment(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

func hostNamed(name string) func() (string, error) {
	return func() (string, error) { return name, nil }
}

// Each variable sets its own field and leaves the defaults of the others.
func TestLoadConfigReadsEachVariable(t *testing.T) {
	standard := config{port: 8000, version: "unknown", pod: "host-1", delay: 5 * time.Second, drain: 20 * time.Second}
	with := func(change func(*config)) config {
		changed := standard
		change(&changed)
		return changed
	}
	cases := map[string]struct {
		given map[string]string
		want  config
	}{
		"nothing set":         {nil, standard},
		"empty is not set":    {map[string]string{"PORT": "", "error": "", "delay": "", "POD_NAME": ""}, standard},
		"port":                {map[string]string{"PORT": "65535"}, with(func(c *config) { c.port = 65535 })},
		"port left to choose": {map[string]string{"PORT": "0"}, with(func(c *config) { c.port = 0 })},
		"told to fail":        {map[string]string{"error": "yes"}, with(func(c *config) { c.fails = true })},
		"told not to fail":    {map[string]string{"error": "no"}, standard},
		"delay":               {map[string]string{"delay": "1.5s"}, with(func(c *config) { c.delay = 1500 * time.Millisecond })},
		"no delay":            {map[string]string{"delay": "0s"}, with(func(c *config) { c.delay = 0 })},
		"longest drain":       {map[string]string{"drain": "10m"}, with(func(c *config) { c.drain = 10 * time.Minute })},
		"version":             {map[string]string{"VERSION": "504"}, with(func(c *config) { c.version = "504" })},
		"pod":                 {map[string]string{"POD_NAME": "servicex-504-abc"}, with(func(c *config) { c.pod = "servicex-504-abc" })},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := loadConfig(environment(c.given), hostNamed("host-1"))
			if err != nil || got != c.want {
				t.Errorf("got %+v, %v; want %+v", got, err, c.want)
			}
		})
	}
}

// A wrong value is refused in one line that names the variable, the value and what is allowed.
func TestLoadConfigRefuses(t *testing.T) {
	cases := map[string]struct{ name, value, allowed string }{
		"a port in words":           {"PORT", "http", "from 0 to 65535"},
		"a port too large":          {"PORT", "65536", "from 0 to 65535"},
		"a negative port":           {"PORT", "-1", "from 0 to 65535"},
		"a truth other than yes":    {"error", "true", "give yes"},
		"a delay without unit":      {"delay", "5", "500ms, 5s or 1m"},
		"a negative delay":          {"delay", "-1s", "from 0s to 10m0s"},
		"a delay over ten minutes":  {"delay", "10m1s", "from 0s to 10m0s"},
		"a drain in words":          {"drain", "soon", "500ms, 5s or 1m"},
		"a version with a space":    {"VERSION", "v 1", "1 to 63 letters"},
		"a version that ends lines": {"VERSION", "v1\r\nx: y", "1 to 63 letters"},
		"a version too long":        {"VERSION", strings.Repeat("v", 64), "1 to 63 letters"},
		"a pod with a slash":        {"POD_NAME", "shop/x", "1 to 253 letters"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := loadConfig(environment(map[string]string{c.name: c.value}), hostNamed("host-1"))
			if err == nil {
				t.Fatal("was taken")
			}
			for _, part := range []string{c.name + " is ", quoted(c.value), c.allowed} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %q", err, part)
				}
			}
			if strings.ContainsAny(err.Error(), "\r\n") {
				t.Errorf("%q is more than one line", err)
			}
		})
	}
}

// Without POD_NAME and without a host name there is no telling which pod answered, so nothing starts.
func TestLoadConfigNeedsAPod(t *testing.T) {
	_, err := loadConfig(environment(nil), func() (string, error) { return "", errors.New("no name") })
	if err == nil || !strings.Contains(err.Error(), "set POD_NAME") {
		t.Errorf("got %v", err)
	}
	if _, err := loadConfig(environment(nil), hostNamed("")); err == nil {
		t.Error("an empty host name was taken")
	}
}

// Whatever text is given as a duration, it is either within the limits or refused in one readable line.
func FuzzParseDuration(f *testing.F) {
	for _, text := range []string{"5s", "0", "-1s", "1e3s", "9223372036854775807ns", "10m", "1h", "µs", "\n", "\xff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := parseDuration("delay", text)
		if err == nil && (got < 0 || got > maxDuration) {
			t.Errorf("%q became %v", text, got)
		}
		if err != nil && (got != 0 || strings.ContainsAny(err.Error(), "\r\n") || len(err.Error()) > 1024) {
			t.Errorf("%q was refused with %v and %q", text, got, err)
		}
	})
}

// Whatever the environment holds, what is taken can stand in a header and a label and is within its limits.
func FuzzLoadConfig(f *testing.F) {
	f.Add("8000", "yes", "5s", "20s", "504", "pod-1")
	f.Add("", "", "", "", "", "")
	f.Add("0x10", "YES", "5", "-5s", "a\r\nb", "é")
	f.Fuzz(func(t *testing.T, port, fails, delay, drain, version, pod string) {
		got, err := loadConfig(environment(map[string]string{
			"PORT": port, "error": fails, "delay": delay, "drain": drain, "VERSION": version, "POD_NAME": pod,
		}), hostNamed("host-1"))
		if err != nil {
			if got != (config{}) || strings.ContainsAny(err.Error(), "\r\n") {
				t.Errorf("refused with %+v and %q", got, err)
			}
			return
		}
		if got.port < 0 || got.port > 65535 || got.delay < 0 || got.drain > maxDuration {
			t.Errorf("out of range: %+v", got)
		}
		for _, name := range []string{got.version, got.pod} {
			if name == "" || len(name) > maxPodLength || strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' }) {
				t.Errorf("%q cannot stand in a header", name)
			}
		}
	})
}
