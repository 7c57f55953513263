package guide
type SectionID string
type ObjectKind string
func (ObjectKind) Order() int { return 0 }
const ( KindState ObjectKind = "state"; KindIntegration ObjectKind = "integration")
