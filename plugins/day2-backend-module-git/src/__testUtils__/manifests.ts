/** A Deployment as people write it. */
export function deployment(options: {
  name: string;
  image: string;
  replicas?: number;
  more?: string;
}): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${options.name}
  labels:
    app.kubernetes.io/name: ${options.name}
spec:
  replicas: ${options.replicas ?? 1}
  template:
    spec:
      containers:
        - name: proxy
          image: envoy:1.30
        - name: ${options.name}
          image: ${options.image}
${options.more ?? ''}`;
}
