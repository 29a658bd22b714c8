# The course in a container, for learners:
#   docker build --tag convbook .
#   mkdir -p work
#   docker run --rm -it -p 127.0.0.1:8888:8888 -v "$PWD/work:/convbook/work" convbook
# and open the address that it prints. What you do stays in work/ of this folder.
FROM node:22-bookworm-slim

RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*

# The user of the image has number 1000, as the first user of most machines: files in work/ are then yours.
# Whose files in `work/` are: `--build-arg UID="$(id -u)"` makes them yours where you are not user 1000.
ARG UID=1000
RUN usermod --non-unique --uid "$UID" node && mkdir /convbook && chown node:node /convbook
USER node
WORKDIR /convbook
COPY --chown=node:node . .

# Everything that the first start would set up; --version opens nothing.
RUN npm start -- --version && rm -rf work /home/node/.npm /home/node/.cache && mkdir work

EXPOSE 8888
# A container has no browser, and is reached from outside itself.
ENTRYPOINT ["npm", "start", "--silent", "--", "--ip", "0.0.0.0", "--port", "8888", "--no-browser"]
